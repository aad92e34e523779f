    private object Facts{{ range.index }} : Facts() {
        override fun codes(): {{ codes_type }} = {{ codes_function }}(
            {%- for error in range.errors %}
            {{ error.code }},
            {%- endfor %}
        )

        override fun name(code: {{ code_type }}): String? = when (code) {
            {%- for error in range.errors %}
            {{ error.code }} -> {{ error.name }}
            {%- endfor %}
            else -> null
        }

        override fun kind(code: {{ code_type }}): {{ prefix }}ErrorKind = when (code) {
            {%- for error in range.errors %}
            {{ error.code }} -> {{ prefix }}{{ error.kind }}
            {%- endfor %}
            else -> {{ prefix }}ErrorKind.UNKNOWN
        }
        {%- if range.has_conditions %}

        override fun condition(code: {{ code_type }}): {{ prefix }}ErrorCondition? = when (code) {
            {%- for error in range.errors %}
            {%- if let Some(condition) = error.condition %}
            {{ error.code }} -> {{ prefix }}ErrorCondition.{{ condition }}
            {%- endif %}
            {%- endfor %}
            else -> null
        }
        {%- endif %}
        {%- if range.has_retryables %}

        override fun isRetryable(code: {{ code_type }}): Boolean = when (code) {
            {%- for error in range.errors %}
            {%- if error.retryable %}
            {{ error.code }} -> true
            {%- endif %}
            {%- endfor %}
            else -> false
        }
        {%- endif %}
        {%- if range.has_http_statuses %}

        override fun httpStatus(code: {{ code_type }}): Int? = when (code) {
            {%- for error in range.errors %}
            {%- if let Some(http_status) = error.http_status %}
            {{ error.code }} -> {{ http_status }}
            {%- endif %}
            {%- endfor %}
            else -> null
        }
        {%- endif %}
        {%- for column in range.messages %}

        override fun message{{ column.suffix }}(code: {{ code_type }}): String? = when (code) {
            {%- for error in range.errors %}
            {{ error.code }} -> {{ error.message[column.at] }}
            {%- endfor %}
            else -> null
        }
        {%- endfor %}
        {%- for column in range.solutions %}

        override fun solution{{ column.suffix }}(code: {{ code_type }}): String? = when (code) {
            {%- for error in range.errors %}
            {%- if let Some(solution) = error.solution[column.at] %}
            {{ error.code }} -> {{ solution }}
            {%- endif %}
            {%- endfor %}
            else -> null
        }
        {%- endfor %}
    }
