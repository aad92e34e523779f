package app;

import com.acme.errors.AcmeErrorKind;
import com.acme.errors.AcmeQuectelErrorCode;
import com.acme.errors.BetaDomainErrorCode;
import com.acme.errors.BetaErrorLocale;
import com.acme.errors.BetaQuectelErrorCode;
import java.util.Locale;

final class App {
  private App() {}

  public static void main(String[] arguments) {
    AcmeQuectelErrorCode own = AcmeQuectelErrorCode.fromCode(5049);
    if (own != AcmeQuectelErrorCode.DEVICE_ALREADY_BOUND || own.kind() != AcmeErrorKind.ALREADY_EXISTS) {
      throw new AssertionError(own);
    }
    BetaDomainErrorCode other =
        new BetaQuectelErrorCode.BetaQuectelException(BetaQuectelErrorCode.SMS_CODE_INCORRECT).code();
    if (other.message(BetaErrorLocale.of(Locale.CHINA)) == null) {
      throw new AssertionError(other);
    }
    System.out.println(own.name() + " " + other.name());
  }
}
