package app;

import io.errbook.iot.*;
import io.errbook.iot.QuectelErrorCode.QuectelException;
import java.util.*;
import java.util.stream.*;

/** An app of today: a module of its own, records, and switches whose cases the compiler counts. */
public final class Modern {
  private Modern() {}

  /** What a call comes to. */
  sealed interface Outcome permits Done, Refused {}

  record Done() implements Outcome {}

  record Refused(QuectelErrorCode code) implements Outcome {}

  /** The kinds are complete, so the compiler tells an app that has forgotten one. */
  static boolean isUsersFault(ErrorKind kind) {
    return switch (kind) {
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, FAILED_PRECONDITION,
          OUT_OF_RANGE, UNAUTHENTICATED, CANCELLED -> true;
      case OK, UNKNOWN, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, UNIMPLEMENTED, INTERNAL,
          UNAVAILABLE, DATA_LOSS -> false;
    };
  }

  static Outcome call(int reply) {
    var code = QuectelErrorCode.fromCode(reply);
    try {
      if (!code.isSuccess()) {
        throw new QuectelException(code);
      }
      return new Done();
    } catch (QuectelException e) {
      return new Refused(e.code());
    }
  }

  /** From what a call came to, to the title of a dialogue, if there is one to show. */
  static Optional<String> title(Outcome outcome) {
    if (!(outcome instanceof Refused refused)) {
      return Optional.empty();
    }
    var own = Map.of(QuectelErrorCode.SMS_CODE_INCORRECT, "SMS").get(refused.code());
    return Optional.ofNullable(own)
        .or(() -> isUsersFault(refused.code().kind()) ? Optional.of("Please check") : Optional.empty())
        .or(() -> Optional.of(refused.code().toString()));
  }

  public static void main(String[] arguments) {
    var titles = Stream.of(QuectelErrorCode.SMS_CODE_INCORRECT.code(), 99999).map(code -> title(call(code)).orElse(""));
    Main.require(titles.toList().equals(List.of("SMS", "unknown error (code 99999)")), "outcomes have titles");
    var byKind = QuectelErrorCode.all().stream().collect(Collectors.groupingBy(DomainErrorCode::kind));
    Main.require(byKind.keySet().stream().anyMatch(Modern::isUsersFault), "kinds are keys");
  }
}
