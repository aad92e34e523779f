// CHECKSTYLE:OFF: Check
// CHECKSTYLE.SUPPRESS: LineLength for -9 lines
// CHECKSTYLE.SUPPRESS: LineLength for +9999999 lines
// @formatter:off

package {{ package }};

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Every platform of {{ title }} in one place.
 *
 * <p>It needs the files of all platforms of the book; an app of few platforms leaves it out.
 */
@SuppressWarnings("all")
public final class {{ prefix }}ErrorCodeRegistry {
  private {{ prefix }}ErrorCodeRegistry() {}

  /** What {@link {{ prefix }}DomainErrorCode#domain} says for each platform, in the book's order. */
  public static List<String> domains() {
    return Collections.unmodifiableList(Arrays.asList(
        {%- for domain in domains %}
        {{ domain.id }}{% if !loop.last %},{% endif %}
        {%- endfor %}));
  }

  /** The code of a platform; {@code null} if there is no such {@code domain}, or the text cannot be one of its codes. */
  public static {{ prefix }}DomainErrorCode lookup(String domain, String code) {
    if (domain == null || code == null) {
      return null;
    }
    switch (domain) {
      {%- for domain in domains %}
      case {{ domain.id }}: return {{ prefix }}{{ domain.type_path }}.parse(code);
      {%- endfor %}
      default: return null;
    }
  }

  /** Reads what {@link {{ prefix }}DomainErrorCode#reference} wrote, as in {@code "{{ example_reference }}"}, or {@code null}. */
  public static {{ prefix }}DomainErrorCode parseReference(String reference) {
    int slash = reference == null ? -1 : reference.indexOf('/');
    return slash < 0 ? null : lookup(reference.substring(0, slash), reference.substring(slash + 1));
  }
}
