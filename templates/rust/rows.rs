{%- for error in domain.errors() %}
    Row {
        code: {{ error.code }}, name: {{ error.name }}, kind: {{ prefix }}{{ error.kind }},
        message: [{% for text in error.message %}{{ text }}{% if !loop.last %}, {% endif %}{% endfor %}],
{%- if error.has_solution %}
        solution: [{% for text in error.solution %}{% if let Some(text) = text %}Some({{ text }}){% else %}None{% endif %}{% if !loop.last %}, {% endif %}{% endfor %}],
{%- endif %}
{%- if let Some(condition) = error.condition %}
        condition: Some({{ prefix }}ErrorCondition::{{ condition }}),
{%- endif %}
{%- if error.retryable %}
        retryable: true,
{%- endif %}
{%- if let Some(status) = error.http_status %}
        http_status: Some({{ status }}),
{%- endif %}
        ..BLANK
    },
{%- endfor %}
