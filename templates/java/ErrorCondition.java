// CHECKSTYLE:OFF: Check
// CHECKSTYLE.SUPPRESS: LineLength for -9 lines
// CHECKSTYLE.SUPPRESS: LineLength for +9999999 lines
// @formatter:off

package {{ package }};

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * The finer meaning of an error, which several platforms share: one of the constants, or a name that this file does not
 * know yet.
 *
 * <p>A known condition is always the constant itself, so {@code ==} with a constant is safe.
 */
@SuppressWarnings("all")
public final class {{ prefix }}ErrorCondition implements Comparable<{{ prefix }}ErrorCondition>, Serializable {
  private static final long serialVersionUID = 1L;
  {%- for condition in view.conditions %}

  /** {@code {{ condition.name_doc }}}: {{ condition.doc }} */
  public static final {{ prefix }}ErrorCondition {{ condition.ident }} = new {{ prefix }}ErrorCondition({{ condition.name }});
  {%- for former in condition.former_names %}

  /**
   * {@code {{ condition.name_doc }}}: {{ condition.doc }}
   *
   * @deprecated {{ former.deprecated.doc }}
   * @see #{{ condition.ident }}
   */
  @Deprecated
  public static final {{ prefix }}ErrorCondition {{ former.ident }} = {{ condition.ident }};
  {%- endfor %}
  {%- endfor %}
  {%- for condition in view.retired_conditions %}

  /**
   * {@code {{ condition.name_doc }}}: {{ condition.doc }}
   *
   * @deprecated {{ condition.deprecated.doc }}
  {%- if let Some(replacement) = condition.deprecated.replacement %}
   * @see #{{ replacement }}
  {%- endif %}
   */
  @Deprecated
  public static final {{ prefix }}ErrorCondition {{ condition.ident }} = new {{ prefix }}ErrorCondition({{ condition.name }});
  {%- endfor %}

  /** The names as compile-time constants, for {@code switch (condition.name())}. */
  public static final class Value {
    private Value() {}
    {%- for condition in view.conditions %}

    /** {@code {{ condition.name_doc }}}: {{ condition.doc }} */
    public static final String {{ condition.ident }} = {{ condition.name }};
    {%- for former in condition.former_names %}

    /**
     * {@code {{ condition.name_doc }}}: {{ condition.doc }}
     *
     * @deprecated {{ former.deprecated.doc }}
     * @see #{{ condition.ident }}
     */
    @Deprecated
    public static final String {{ former.ident }} = {{ condition.name }};
    {%- endfor %}
    {%- endfor %}
    {%- for condition in view.retired_conditions %}

    /**
     * {@code {{ condition.name_doc }}}: {{ condition.doc }}
     *
     * @deprecated {{ condition.deprecated.doc }}
    {%- if let Some(replacement) = condition.deprecated.replacement %}
     * @see #{{ replacement }}
    {%- endif %}
     */
    @Deprecated
    public static final String {{ condition.ident }} = {{ condition.name }};
    {%- endfor %}
  }

  private final String name;

  private {{ prefix }}ErrorCondition(String name) {
    this.name = name;
  }

  /**
   * The condition of a name, current or former. Any text has one: see {@link #isKnown}.
   *
   * @throws NullPointerException if the name is {@code null}
   */
  public static {{ prefix }}ErrorCondition fromName(String name) {
    {{ prefix }}ErrorCondition known = Facts.constant(Objects.requireNonNull(name, "name"));
    return known != null ? known : new {{ prefix }}ErrorCondition(name);
  }

  /** Every known condition, in alphabetical order. */
  public static List<{{ prefix }}ErrorCondition> all() {
    List<{{ prefix }}ErrorCondition> all = new ArrayList<>({{ view.condition_count }});
    {%- for condition in view.conditions %}
    all.add({{ condition.ident }});
    {%- endfor %}
    return Collections.unmodifiableList(all);
  }

  /** The stable {@code snake_case} name. */
  public String name() {
    return name;
  }

  /** Whether this file describes the condition. */
  public boolean isKnown() {
    return Facts.constant(name) != null;
  }

  /** The kind of its errors; {@link {{ prefix }}ErrorKind#UNKNOWN} for an unknown condition. */
  public {{ prefix }}ErrorKind kind() {
    return Facts.kind(name);
  }

  /** A short title in a language, or {@code null} for an unknown condition. */
  public String title({{ prefix }}ErrorLocale locale) {
    {%- for column in other_columns %}
    if (locale == {{ prefix }}ErrorLocale.{{ column.ident }}) {
      return Facts.title{{ column.suffix }}(name);
    }
    {%- endfor %}
    return Facts.title{{ first_column.suffix }}(name);
  }

  /** What it means, in a language, or {@code null} for an unknown condition. */
  public String description({{ prefix }}ErrorLocale locale) {
    {%- for column in other_columns %}
    if (locale == {{ prefix }}ErrorLocale.{{ column.ident }}) {
      return Facts.description{{ column.suffix }}(name);
    }
    {%- endfor %}
    return Facts.description{{ first_column.suffix }}(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof {{ prefix }}ErrorCondition && (({{ prefix }}ErrorCondition) other).name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public int compareTo({{ prefix }}ErrorCondition other) {
    return name.compareTo(other.name);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  private Object readResolve() {
    return fromName(name);
  }

  /** Loaded with the first lookup. */
  private static final class Facts {
    static {{ prefix }}ErrorCondition constant(String name) {
      switch (name) {
        {%- for condition in view.conditions %}
        case {{ condition.name }}: return {{ condition.ident }};
        {%- for former in condition.former_names %}
        case {{ former.name }}: return {{ condition.ident }};
        {%- endfor %}
        {%- endfor %}
        default: return null;
      }
    }

    static {{ prefix }}ErrorKind kind(String name) {
      switch (name) {
        {%- for condition in view.conditions %}
        case {{ condition.name }}: return {{ prefix }}{{ condition.kind }};
        {%- endfor %}
        default: return {{ prefix }}ErrorKind.UNKNOWN;
      }
    }
    {%- for column in columns %}

    static String title{{ column.suffix }}(String name) {
      switch (name) {
        {%- for condition in view.conditions %}
        case {{ condition.name }}: return {{ condition.title[column.at] }};
        {%- endfor %}
        default: return null;
      }
    }
    {%- endfor %}
    {%- for column in columns %}

    static String description{{ column.suffix }}(String name) {
      switch (name) {
        {%- for condition in view.conditions %}
        case {{ condition.name }}: return {{ condition.description[column.at] }};
        {%- endfor %}
        default: return null;
      }
    }
    {%- endfor %}
  }
}
