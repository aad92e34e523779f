package app;

import io.errbook.iot.*;
import java.util.*;

/** An app that talks to one of the platforms. */
final class Example {
  /** What the app can do about an error. */
  interface Screen {
    void show(String text);

    void offerRetry();

    void showPowerHint();

    void focusCodeField();
  }

  private Example() {}

  // example:start
  static void show(int wireCode, Screen screen) {
    QuectelErrorCode error = QuectelErrorCode.fromCode(wireCode); // never fails, however new the code is
    if (error.isSuccess()) {
      return;
    }

    String message = error.message(ErrorLocale.of(Locale.getDefault()));
    screen.show(message != null ? message : error.toString());

    if (error.isRetryable()) {
      screen.offerRetry();
    }
    if (error.condition() == ErrorCondition.DEVICE_OFFLINE) { // the same on every platform
      screen.showPowerHint();
    }
    switch (error.code()) {
      case QuectelErrorCode.Value.SMS_CODE_INCORRECT:
        screen.focusCodeField();
        break;
      default:
    }
  }
  // example:end
}
