// CHECKSTYLE:OFF: Check
// CHECKSTYLE.SUPPRESS: LineLength for -9 lines
// CHECKSTYLE.SUPPRESS: LineLength for +9999999 lines
// @formatter:off

package {{ package }};

import java.io.Serializable;

/** An error code of any platform, known or not. Nothing here throws, whatever code the platform sent. */
@SuppressWarnings("all")
public interface {{ prefix }}DomainErrorCode extends Serializable {
  /** The identifier of the platform, as in {@code "{{ example_domain }}"}. */
  String domain();

  /** The code as text, whatever its type on the wire. */
  String codeText();

  /** {@link #domain} and {@link #codeText} in one text, as in {@code "{{ example_reference }}"}: see {@code {{ prefix }}ErrorCodeRegistry.parseReference}. */
  String reference();

  /** The stable {@code snake_case} name, or {@code null} for an unknown code. */
  String name();

  /** Whether this version of the files describes the code. */
  boolean isKnown();

  /** Whether the code says that all went well: its kind is {@link {{ prefix }}ErrorKind#OK}. */
  boolean isSuccess();

  /** What kind of failure it is; {@link {{ prefix }}ErrorKind#UNKNOWN} for an unknown code. */
  {{ prefix }}ErrorKind kind();

  /** The finer meaning that several platforms share, if the code has one; else {@code null}. */
  {{ prefix }}ErrorCondition condition();

  /** Whether repeating the same request is safe and may succeed; {@code false} for an unknown code. */
  boolean isRetryable();

  /** The HTTP status that the platform documents for it; {@code 0} if it documents none. */
  int httpStatus();

  /** The message in a language, or {@code null} for an unknown code. */
  String message({{ prefix }}ErrorLocale locale);

  /** What can be done about it, in a language, or {@code null}. */
  String solution({{ prefix }}ErrorLocale locale);
}
