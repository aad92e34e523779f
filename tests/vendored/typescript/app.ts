import * as own from "./out/acme_errors/quectel.js";
import type { AcmeErrorKind } from "./out/acme_errors/support.js";
import * as other from "./out/beta_errors/quectel.js";
import { matchLocale, type BetaDomainErrorCode } from "./out/beta_errors/support.js";

const kind: AcmeErrorKind = own.kind(own.DEVICE_ALREADY_BOUND);
const described: BetaDomainErrorCode = other.describe(new other.BetaQuectelError(other.SMS_CODE_INCORRECT).code);
if (kind !== "already_exists" || described.message(matchLocale("zh-CN")) === undefined) {
  throw new Error("a copy says something else than its book");
}
console.log(own.name(own.DEVICE_ALREADY_BOUND), described.name);
