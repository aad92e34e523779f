package app;

import io.errbook.iot.*;
import java.io.PrintStream;
import java.util.*;
import java.util.function.Function;

/** The lines that the harness compares with the book. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  /** A constant, as an app reaches it. */
  void constant(String domain, String constant, DomainErrorCode code) {
    Main.require(code.domain().equals(domain), constant + " belongs to " + domain);
    line("{\"constant\":" + text(constant) + ",\"is\":" + code(code) + "}");
  }

  /** A condition's constant, as an app reaches it. */
  void conditionConstant(String constant, ErrorCondition condition) {
    line("{\"condition_constant\":" + text(constant) + ",\"is\":" + text(condition.name()) + "}");
  }

  /** All codes of a domain, in order. */
  void all(String domain, List<? extends DomainErrorCode> all) {
    StringJoiner codes = new StringJoiner(",", "[", "]");
    for (DomainErrorCode code : all) {
      codes.add(text(code.codeText()));
    }
    line("{\"all\":" + text(domain) + ",\"codes\":" + codes + "}");
  }

  /** A condition. */
  void condition(ErrorCondition condition) {
    line("{\"condition\":" + text(condition.name())
        + ",\"kind\":" + text(condition.kind().id())
        + ",\"title\":" + texts(condition::title)
        + ",\"description\":" + texts(condition::description) + "}");
  }

  /** The answer to a vector. */
  void vector(String operation, String domain, String hex, String answer) {
    line("{\"op\":" + text(operation) + ",\"domain\":" + text(domain) + ",\"arg\":" + text(hex) + ",\"is\":" + answer + "}");
  }

  /** A code, as seen through the interface that all domains share. */
  static String code(DomainErrorCode code) {
    if (code == null) {
      return "null";
    }
    return "{\"domain\":" + text(code.domain())
        + ",\"code\":" + text(code.codeText())
        + ",\"reference\":" + text(code.reference())
        + ",\"name\":" + text(code.name())
        + ",\"known\":" + code.isKnown()
        + ",\"success\":" + code.isSuccess()
        + ",\"kind\":" + text(code.kind().id())
        + ",\"condition\":" + text(code.condition() == null ? null : code.condition().name())
        + ",\"retryable\":" + code.isRetryable()
        + ",\"http_status\":" + (code.httpStatus() == 0 ? "null" : String.valueOf(code.httpStatus()))
        + ",\"message\":" + texts(code::message)
        + ",\"solution\":" + texts(code::solution)
        + ",\"text\":" + text(code.toString()) + "}";
  }

  /** JSON of a text: only what must be escaped is. */
  static String text(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder json = new StringBuilder(text.length() + 2).append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append(String.format("\\u%04X", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }

  private static String texts(Function<ErrorLocale, String> of) {
    StringJoiner texts = new StringJoiner(",", "{", "}");
    for (ErrorLocale locale : ErrorLocale.values()) {
      texts.add(text(locale.tag()) + ":" + text(of.apply(locale)));
    }
    return texts.toString();
  }

  private void line(String json) {
    out.print(json + "\n");
  }
}
