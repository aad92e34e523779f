// CHECKSTYLE:OFF: Check
// CHECKSTYLE.SUPPRESS: LineLength for -9 lines
// CHECKSTYLE.SUPPRESS: LineLength for +9999999 lines
// @formatter:off

package {{ package }};

import java.util.ArrayList;
{%- if needs_arrays %}
import java.util.Arrays;
{%- endif %}
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * An error code of {{ view.title }}: one of the constants, or a code that this file does not know yet.
 *
 * <p>A known code is always the constant itself, so {@code ==} with a constant is safe.
 */
@SuppressWarnings({% if is_cut %}{"all", "deprecation"}{% else %}"all"{% endif %})
public final class {{ type_name }} implements {{ prefix }}DomainErrorCode, Comparable<{{ type_name }}>{% for index in constant_parts %}, {{ type_name }}Constants{{ index }}{% endfor %} {
  private static final long serialVersionUID = 1L;

  /** What {@link #domain} says. */
  public static final String DOMAIN = {{ view.id }};
  {%- for constant in self.own_constants() %}

{%- include "java/constant_doc.java" %}
  public static final {{ type_name }} {{ constant.view.ident }} = {% if let Some(original) = constant.alias_of %}{{ original }}{% else %}new {{ type_name }}({{ constant.view.code }}){% endif %};
  {%- endfor %}

  /** The codes as compile-time constants{% if !is_long %}, for {@code switch (error.code())}{% endif %}. */
  public static final class Value{% for index in constant_parts %}{% if loop.first %} implements {% else %}, {% endif %}{{ type_name }}Values{{ index }}{% endfor %} {
    private Value() {}
    {%- for constant in self.own_constants() %}
    {%- if constant.is_plain %}

    /** {{ constant.view.message }} */
    {%- else %}

    /**
     * {{ constant.view.message }}
    {%- for meaning in constant.view.other_meanings %}
     *
     * <p>Also documented as: {{ meaning }}
    {%- endfor %}
    {%- if let Some(deprecated) = constant.view.deprecated %}
     *
     * @deprecated {{ deprecated.doc }}
    {%- if let Some(replacement) = deprecated.replacement %}
     * @see #{{ replacement }}
    {%- endif %}
    {%- endif %}
     */
    {%- endif %}
    {%- if constant.view.deprecated.is_some() %}
    @Deprecated
    {%- endif %}
    public static final {{ code_type }} {{ constant.view.ident }} = {{ constant.view.code }};
    {%- endfor %}
  }

  private final {{ code_type }} code;

  {% if !is_cut %}private {% endif %}{{ type_name }}({{ code_type }} code) {
    this.code = code;
  }

  {% if is_text %}/**
   * The value of any code from the wire, the empty text too: see {@link #isKnown}.
   *
   * @throws NullPointerException if the code is {@code null}
   */{% else %}/** The value of any code from the wire. Never fails: see {@link #isKnown}. */{% endif %}
  public static {{ type_name }} fromCode({{ code_type }} code) {
    {{ type_name }} known = Facts.constant({% if is_text %}Objects.requireNonNull(code, "code"){% else %}code{% endif %});
    return known != null ? known : new {{ type_name }}(code);
  }
  {%- if is_text %}

  /** The value of any text but the empty one; {@code null} for that and for {@code null}. */
  public static {{ type_name }} parse(String text) {
    return text == null || text.isEmpty() ? null : fromCode(text);
  }
  {%- else %}

  /** The value of a code in canonical decimal, as in {@code "{{ example_code }}"}; {@code null} for any other text. */
  public static {{ type_name }} parse(String text) {
    try {
      {{ code_type }} code = {{ parse_number }}(text);
      return {{ code_to_string }}.equals(text) ? fromCode(code) : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
  {%- endif %}

  /** The code of a name, current or former, or {@code null}. */
  public static {{ type_name }} fromName(String name) {
    return name == null ? null : Facts.fromName(name);
  }

  /** Every known code, in ascending order. */
  public static List<{{ type_name }}> all() {
    List<{{ type_name }}> all = new ArrayList<>({{ view.count }});
    Facts.addTo(all);
    return Collections.unmodifiableList(all);
  }

  /** The code, exactly as received. */
  public {{ code_type }} code() {
    return code;
  }

  @Override
  public String domain() {
    return DOMAIN;
  }

  @Override
  public String codeText() {
    return {{ code_to_string }};
  }

  @Override
  public String reference() {
    return {{ reference_prefix }} + code;
  }

  @Override
  public String name() {
    return Facts.name(code);
  }

  @Override
  public boolean isKnown() {
    return Facts.constant(code) != null;
  }

  @Override
  public boolean isSuccess() {
    return kind() == {{ prefix }}ErrorKind.OK;
  }

  @Override
  public {{ prefix }}ErrorKind kind() {
    return Facts.kind(code);
  }

  @Override
  public {{ prefix }}ErrorCondition condition() {
    return {% if has_condition %}Facts.condition(code){% else %}null{% endif %};
  }

  @Override
  public boolean isRetryable() {
    return {% if has_retryable %}Facts.isRetryable(code){% else %}false{% endif %};
  }

  @Override
  public int httpStatus() {
    return {% if has_http_status %}Facts.httpStatus(code){% else %}0{% endif %};
  }

  @Override
  public String message({{ prefix }}ErrorLocale locale) {
    {%- for column in other_columns %}
    if (locale == {{ prefix }}ErrorLocale.{{ column.ident }}) {
      return Facts.message{{ column.suffix }}(code);
    }
    {%- endfor %}
    return Facts.message{{ first_column.suffix }}(code);
  }

  @Override
  public String solution({{ prefix }}ErrorLocale locale) {
    {%- if has_solution %}
    {%- for column in other_columns %}
    if (locale == {{ prefix }}ErrorLocale.{{ column.ident }}) {
      return Facts.solution{{ column.suffix }}(code);
    }
    {%- endfor %}
    return Facts.solution{{ first_column.suffix }}(code);
    {%- else %}
    return null;
    {%- endif %}
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof {{ type_name }} && (({{ type_name }}) other).code{% if is_text %}.equals(code){% else %} == code{% endif %};
  }

  @Override
  public int hashCode() {
    return {{ hash_code }};
  }

  @Override
  public int compareTo({{ type_name }} other) {
    return {{ compare }};
  }
  {%- if is_text %}

  /** The order of code points, as in {@link #all}; that of {@link String#compareTo} differs beyond U+FFFF. */
  private static int compare(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean beyond = Character.isSurrogate(x);
        return beyond == Character.isSurrogate(y) ? x - y : beyond ? 1 : -1;
      }
    }
    return a.length() - b.length();
  }
  {%- endif %}

  /** The message in the first language of the book, with the code: for logs. */
  @Override
  public String toString() {
    String message = Facts.message{{ first_column.suffix }}(code);
    return (message != null ? message : "unknown error") + " (code " + code + ")";
  }

  private Object readResolve() {
    return fromCode(code);
  }

  /** Thrown for an error answer of {{ view.title }}. */
  public static class {{ exception_name }} extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final {{ type_name }} code;

    /** Takes the message from the code. */
    public {{ exception_name }}({{ type_name }} code) {
      this(code, null, null);
    }

    /** Takes the message from the code; the cause may be {@code null}. */
    public {{ exception_name }}({{ type_name }} code, Throwable cause) {
      this(code, null, cause);
    }

    /** Keeps the platform's own message, or takes it from the code if it is {@code null}; the cause may be too. */
    public {{ exception_name }}({{ type_name }} code, String message, Throwable cause) {
      super(message != null ? message : Objects.requireNonNull(code, "code").toString(), cause);
      this.code = Objects.requireNonNull(code, "code");
    }

    /** What the platform answered. */
    public {{ type_name }} code() {
      return code;
    }

    /** The kind of {@link #code}. */
    public {{ prefix }}ErrorKind kind() {
      return code.kind();
    }

    /** The condition of {@link #code}, or {@code null}. */
    public {{ prefix }}ErrorCondition condition() {
      return code.condition();
    }

    /** Whether {@link #code} is retryable. */
    public boolean isRetryable() {
      return code.isRetryable();
    }
  }
{%- if sharded %}

{% include "java/dispatch.java" %}
{%- endif %}
{%- for part in self.facts() %}

{% include "java/facts.java" %}
{%- endfor %}
}
{%- for part in self.constants_apart() %}

/** Some of the constants: together they are more than one class can initialize. */
@SuppressWarnings({"all", "deprecation"})
interface {{ type_name }}Constants{{ part.index }} {
  {%- for constant in part.constants %}

{%- include "java/constant_doc.java" %}
  {{ type_name }} {{ constant.view.ident }} = {% if let Some(original) = constant.alias_of %}{{ type_name }}.{{ original }}{% else %}new {{ type_name }}({{ constant.view.code }}){% endif %};
  {%- endfor %}
}

/** The same as compile-time constants. */
@SuppressWarnings({"all", "deprecation"})
interface {{ type_name }}Values{{ part.index }} {
  {%- for constant in part.constants %}

{%- include "java/constant_doc.java" %}
  {{ code_type }} {{ constant.view.ident }} = {{ constant.view.code }};
  {%- endfor %}
}
{%- endfor %}
