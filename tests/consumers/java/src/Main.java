package app;

// All of both packages, on purpose: a generated type named like one of the platform's would be ambiguous here.
import io.errbook.iot.*;
import java.io.*;
import java.util.*;

/** Prints what the generated files say of every code, one JSON object a line. */
final class Main {
  private Main() {}

  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, "UTF-8");
    Report report = new Report(out);
    Constants.printTo(report);
    Domains.printTo(report);
    for (ErrorCondition condition : ErrorCondition.all()) {
      report.condition(condition);
    }
    Vectors.printTo(report);
    checkPlatform();
    out.flush();
  }

  /** What only Java has: identity, copies through serialization, and the platform's own types by their short names. */
  private static void checkPlatform() throws IOException, ClassNotFoundException {
    ErrorCondition unknown = ErrorCondition.fromName("errbook never heard of this");
    require(!unknown.isKnown() && unknown.kind() == ErrorKind.UNKNOWN, "an unknown condition has no kind");
    require(unknown.title(ErrorLocale.values()[0]) == null, "an unknown condition has no title");
    require(copy(unknown).equals(unknown), "an unknown condition survives serialization");
    require(new ArrayList<>(new TreeSet<>(ErrorCondition.all())).equals(ErrorCondition.all()), "conditions sort by name");
    for (ErrorCondition condition : ErrorCondition.all()) {
      require(ErrorCondition.fromName(condition.name()) == condition, "a known condition is its constant");
      require(copy(condition) == condition, "a known condition is its constant after serialization");
    }
    require(ErrorLocale.of(Locale.forLanguageTag("tlh")) == ErrorLocale.values()[0], "the first language is the fallback");
    require(ErrorLocale.match() == ErrorLocale.values()[0], "the first language is the fallback");
    for (ErrorLocale locale : ErrorLocale.values()) {
      require(ErrorLocale.match(null, locale.tag()) == locale, "a tag that is null is skipped");
    }
    require(ErrorCodeRegistry.lookup(null, "1") == null, "null is no domain");
    require(ErrorCodeRegistry.parseReference(null) == null, "null is no reference");
    requireNamed("name", () -> ErrorCondition.fromName(null));
    requireNamed("locale", () -> ErrorLocale.of(null));
  }

  /** Whoever passes null reads what must not be null. */
  static void requireNamed(String what, Runnable call) {
    try {
      call.run();
    } catch (NullPointerException e) {
      require(what.equals(e.getMessage()), "the exception names the " + what);
      return;
    }
    throw new Error("null was accepted as the " + what);
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new Error("does not hold: " + what);
    }
  }

  static Object copy(Serializable original) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
