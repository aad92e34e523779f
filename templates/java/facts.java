  /** Loaded with the first lookup. */
  private static final class Facts{% if sharded %}{{ part.index }}{% endif %} {
    {%- if is_long %}
    private static final long[] codes = {
      {%- for row in part.rows %}
      {{ row.view.code }},
      {%- endfor %}
    };

    /** Java has no {@code switch} over {@code long}: the place of the code in the list above, negative for none. */
    private static int row(long code) {
      return Arrays.binarySearch(codes, code);
    }
{% endif %}
    static {{ type_name }} constant({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        case {{ row.label }}: return {{ row.ident }};
        {%- endfor %}
        default: return null;
      }
    }

    static {{ type_name }} fromName(String name) {
      switch (name) {
        {%- for row in part.rows %}
        case {{ row.view.name }}: return {{ row.ident }};
        {%- for former in row.view.former_names %}
        case {{ former }}: return {{ row.ident }};
        {%- endfor %}
        {%- endfor %}
        default: return null;
      }
    }

    static void addTo(List<{{ type_name }}> all) {
      {%- for row in part.rows %}
      all.add({{ row.ident }});
      {%- endfor %}
    }

    static String name({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        case {{ row.label }}: return {{ row.view.name }};
        {%- endfor %}
        default: return null;
      }
    }

    static {{ prefix }}ErrorKind kind({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        case {{ row.label }}: return {{ prefix }}{{ row.view.kind }};
        {%- endfor %}
        default: return {{ prefix }}ErrorKind.UNKNOWN;
      }
    }
    {%- if has_condition %}

    static {{ prefix }}ErrorCondition condition({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        {%- if let Some(condition) = row.view.condition %}
        case {{ row.label }}: return {{ prefix }}ErrorCondition.{{ condition }};
        {%- endif %}
        {%- endfor %}
        default: return null;
      }
    }
    {%- endif %}
    {%- if has_retryable %}

    static boolean isRetryable({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        {%- if row.view.retryable %}
        case {{ row.label }}: return true;
        {%- endif %}
        {%- endfor %}
        default: return false;
      }
    }
    {%- endif %}
    {%- if has_http_status %}

    static int httpStatus({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        {%- if let Some(status) = row.view.http_status %}
        case {{ row.label }}: return {{ status }};
        {%- endif %}
        {%- endfor %}
        default: return 0;
      }
    }
    {%- endif %}
    {%- for column in columns %}

    static String message{{ column.suffix }}({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        case {{ row.label }}: return {{ row.view.message[column.at] }};
        {%- endfor %}
        default: return null;
      }
    }
    {%- endfor %}
    {%- if has_solution %}
    {%- for column in columns %}

    static String solution{{ column.suffix }}({{ code_type }} code) {
      switch ({{ key }}) {
        {%- for row in part.rows %}
        {%- if let Some(solution) = row.view.solution[column.at] %}
        case {{ row.label }}: return {{ solution }};
        {%- endif %}
        {%- endfor %}
        default: return null;
      }
    }
    {%- endfor %}
    {%- endif %}
  }
