  /** Finds the part that has the code. */
  private static final class Facts {
    private static final {{ code_type }}[] starts = {
      {%- for part in parts %}
      {%- if let Some(start) = part.start %}
      {{ start }},
      {%- endif %}
      {%- endfor %}
    };

    private static int part({{ code_type }} code) {
      int at = Arrays.binarySearch(starts, code{% if is_text %}, {{ type_name }}::compare{% endif %});
      return at >= 0 ? at : -at - 2;
    }

    static {{ type_name }} constant({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.constant(code);
        {%- endfor %}
        default: return null;
      }
    }

    static {{ type_name }} fromName(String name) {
      {{ type_name }} found = null;
      {%- for part in parts %}
      if (found == null) found = Facts{{ part.index }}.fromName(name);
      {%- endfor %}
      return found;
    }

    static void addTo(List<{{ type_name }}> all) {
      {%- for part in parts %}
      Facts{{ part.index }}.addTo(all);
      {%- endfor %}
    }

    static String name({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.name(code);
        {%- endfor %}
        default: return null;
      }
    }

    static {{ prefix }}ErrorKind kind({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.kind(code);
        {%- endfor %}
        default: return {{ prefix }}ErrorKind.UNKNOWN;
      }
    }
    {%- if has_condition %}

    static {{ prefix }}ErrorCondition condition({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.condition(code);
        {%- endfor %}
        default: return null;
      }
    }
    {%- endif %}
    {%- if has_retryable %}

    static boolean isRetryable({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.isRetryable(code);
        {%- endfor %}
        default: return false;
      }
    }
    {%- endif %}
    {%- if has_http_status %}

    static int httpStatus({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.httpStatus(code);
        {%- endfor %}
        default: return 0;
      }
    }
    {%- endif %}
    {%- for column in columns %}

    static String message{{ column.suffix }}({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.message{{ column.suffix }}(code);
        {%- endfor %}
        default: return null;
      }
    }
    {%- endfor %}
    {%- if has_solution %}
    {%- for column in columns %}

    static String solution{{ column.suffix }}({{ code_type }} code) {
      switch (part(code)) {
        {%- for part in parts %}
        case {{ part.index }}: return Facts{{ part.index }}.solution{{ column.suffix }}(code);
        {%- endfor %}
        default: return null;
      }
    }
    {%- endfor %}
    {%- endif %}
  }
