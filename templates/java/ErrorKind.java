// CHECKSTYLE:OFF: Check
// CHECKSTYLE.SUPPRESS: LineLength for -9 lines
// CHECKSTYLE.SUPPRESS: LineLength for +9999999 lines
// @formatter:off

package {{ package }};

/**
 * What kind of failure a code stands for: the seventeen canonical codes of {@code google.rpc.Code}.
 *
 * <p>The set is closed and in that order, so a {@code switch} over it can be exhaustive and {@link #ordinal} is the
 * number of {@code google.rpc.Code}.
 */
@SuppressWarnings("all")
public enum {{ prefix }}ErrorKind {
  {%- for kind in view.kinds %}
  /** {{ kind.doc }} */
  {{ kind.ident }}({{ kind.id }}){% if loop.last %};{% else %},{% endif %}
  {%- endfor %}

  private final String id;

  {{ prefix }}ErrorKind(String id) {
    this.id = id;
  }

  /** The stable {@code snake_case} identifier, as in {@code "not_found"}. */
  public String id() {
    return id;
  }
}
