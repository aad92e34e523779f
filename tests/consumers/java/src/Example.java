package app;

import io.errbook.iot.*;
import java.util.*;

/** An app that talks to one of the platforms. */
final class Example {
  private Example() {}

  // example:start
  /** From the code of a reply to what the app does, and says to its user. */
  static String handle(int reply, Locale user, Screen screen) {
    QuectelErrorCode error = QuectelErrorCode.fromCode(reply); // whatever the server sends
    switch (error.code()) {
      case QuectelErrorCode.Value.SMS_CODE_INCORRECT:
        screen.askForSmsCode();
        break;
      default:
        if (error.condition() == ErrorCondition.TOKEN_EXPIRED) { // on any platform
          screen.signIn();
        } else if (error.isRetryable()) {
          screen.offerRetry();
        }
    }
    String message = error.message(ErrorLocale.of(user)); // Locale.CHINA reads zh-Hans
    return message != null ? message : error.toString();
  }

  /** Any platform: {@code quectel/5003}, as a log or a customer names it. */
  static ErrorKind kindOf(String reference) {
    DomainErrorCode code = ErrorCodeRegistry.parseReference(reference);
    return code != null ? code.kind() : ErrorKind.UNKNOWN;
  }
  // example:end

  /** A switch over kinds may name them all: there will be no others. */
  static boolean isUsersFault(ErrorKind kind) {
    switch (kind) {
      case INVALID_ARGUMENT:
      case NOT_FOUND:
      case ALREADY_EXISTS:
      case PERMISSION_DENIED:
      case FAILED_PRECONDITION:
      case OUT_OF_RANGE:
      case UNAUTHENTICATED:
      case CANCELLED:
        return true;
      default:
        return false;
    }
  }

  /** What the app can do about an error; here it writes down what it was asked for. */
  static final class Screen {
    private final List<String> asked = new ArrayList<>();

    void askForSmsCode() {
      asked.add("SMS code");
    }

    void signIn() {
      asked.add("sign in");
    }

    void offerRetry() {
      asked.add("retry");
    }
  }

  public static void main(String[] arguments) {
    Screen screen = new Screen();
    QuectelErrorCode known = QuectelErrorCode.SMS_CODE_INCORRECT;
    String message = handle(known.code(), Locale.CHINA, screen);
    Main.require(message.equals(known.message(ErrorLocale.match("zh-CN"))), "the user reads Chinese");
    Main.require(screen.asked.equals(Collections.singletonList("SMS code")), "a constant can be switched on");

    message = handle(999_999_999, Locale.CHINA, screen);
    Main.require(message.equals("unknown error (code 999999999)"), "an unknown code has a text");
    Main.require(screen.asked.size() == 1, "an unknown code is not retryable");

    Main.require(kindOf(known.reference()) == known.kind(), "a reference leads back");
    Main.require(kindOf("nobody/1") == ErrorKind.UNKNOWN, "an unknown domain is no crash");

    Main.require(isUsersFault(known.kind()) && !isUsersFault(ErrorKind.UNKNOWN), "kinds can be switched on");
    Map<ErrorKind, List<QuectelErrorCode>> byKind = new EnumMap<>(ErrorKind.class);
    for (QuectelErrorCode code : QuectelErrorCode.all()) {
      byKind.computeIfAbsent(code.kind(), kind -> new ArrayList<>()).add(code);
    }
    Main.require(byKind.get(known.kind()).contains(known), "kinds are keys");

    try {
      throw new QuectelErrorCode.QuectelException(known);
    } catch (QuectelErrorCode.QuectelException e) {
      Main.require(e.code() == known && e.getMessage().equals(known.toString()), "an exception carries its code");
      Main.require(e.kind() == known.kind() && e.condition() == known.condition(), "and what the code means");
      Main.require(e.isRetryable() == known.isRetryable(), "and what can be done about it");
    }
    Exception cause = new IllegalStateException();
    Exception wrapped = new QuectelErrorCode.QuectelException(known, cause);
    Main.require(wrapped.getCause() == cause && wrapped.getMessage().equals(known.toString()), "it may have a cause");
    wrapped = new QuectelErrorCode.QuectelException(known, null, cause);
    Main.require(wrapped.getCause() == cause && wrapped.getMessage().equals(known.toString()), "null is no message");
    wrapped = new QuectelErrorCode.QuectelException(known, "mine", null);
    Main.require(wrapped.getCause() == null && wrapped.getMessage().equals("mine"), "its message may be the platform's");
    Main.requireNamed("code", () -> new QuectelErrorCode.QuectelException(null));
    Main.requireNamed("code", () -> new QuectelErrorCode.QuectelException(null, "mine", null));
  }
}
