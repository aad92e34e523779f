import io.errbook.book.ErrorLocale;
import io.errbook.book.SyntheticErrorCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Asks the generated class about the codes of a great domain; {@code words.md} says what. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    switch (arguments[0]) {
      case "one": {
        long started = System.nanoTime();
        String message = message(arguments[1]);
        out.println((System.nanoTime() - started) / 1000 + "\t" + text(message));
        break;
      }
      case "time": {
        List<String> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (SyntheticErrorCode code : SyntheticErrorCode.all()) {
          known.add(code.codeText());
          unknown.add(code.codeText() + "1");
        }
        // The first round is the compiler's.
        time(known);
        out.println(time(known) + "\t" + time(unknown));
        break;
      }
      default:
        for (SyntheticErrorCode each : SyntheticErrorCode.all()) {
          SyntheticErrorCode code = SyntheticErrorCode.parse(each.codeText());
          out.println(
              String.join(
                  "\t",
                  code.codeText(),
                  code.name(),
                  code.kind().id(),
                  Boolean.toString(code.isRetryable()),
                  code.httpStatus() == 0 ? "" : Integer.toString(code.httpStatus()),
                  text(code.message(ErrorLocale.EN)),
                  text(code.message(ErrorLocale.ZH_HANS)),
                  text(code.solution(ErrorLocale.EN)),
                  text(code.solution(ErrorLocale.ZH_HANS))));
        }
    }
    out.flush();
  }

  private static String message(String text) {
    SyntheticErrorCode code = SyntheticErrorCode.parse(text);
    return code == null ? null : code.message(ErrorLocale.EN);
  }

  /** How long a lookup of each text takes, in nanoseconds. */
  private static long time(List<String> texts) {
    int rounds = 400_000 / texts.size() + 1;
    long length = 0;
    long started = System.nanoTime();
    for (int round = 0; round < rounds; round++) {
      for (String text : texts) {
        String message = message(text);
        length += message == null ? 1 : message.length();
      }
    }
    long spent = System.nanoTime() - started;
    if (length == 0) {
      throw new AssertionError("nothing was looked up");
    }
    return spent / ((long) rounds * texts.size());
  }

  private static String text(String text) {
    return text == null ? "" : text;
  }
}
