// What an app writes: from the wire to words in the user's language.

// example:start
import * as quectel from "./generated/quectel.js";
import { DEVICE_OFFLINE, matchLocale } from "./generated/support.js";

interface Advice {
  readonly text: string;
  readonly next: "ask-for-code" | "show-offline-help" | "offer-retry" | "give-up";
}

function advise(reply: { readonly code: unknown }, languages: readonly string[]): Advice {
  const locale = matchLocale(languages); // navigator.languages
  const code = quectel.fromCode(reply.code); // a number, or its text; never throws
  if (code === undefined) {
    throw new TypeError("the reply carries no error code");
  }
  const text = quectel.message(code, locale) ?? quectel.display(code); // "unknown error (code 99999)"
  switch (code) {
    case quectel.SMS_CODE_INCORRECT:
      return { text, next: "ask-for-code" };
    default:
      if (quectel.condition(code) === DEVICE_OFFLINE) {
        return { text, next: "show-offline-help" }; // the same on every platform
      }
      return { text, next: quectel.isRetryable(code) ? "offer-retry" : "give-up" };
  }
}
// example:end

/** Runs the example; throws if it does not hold what its comments promise. */
export function runExample(): void {
  const known = advise({ code: 5003 }, ["zh-CN", "en"]);
  const unknown = advise({ code: "99999" }, ["fr"]);
  if (known.next !== "ask-for-code" || known.text === quectel.messageEn(5003)) {
    throw new Error(`5003 gave ${JSON.stringify(known)}`);
  }
  if (unknown.next !== "give-up" || unknown.text !== "unknown error (code 99999)") {
    throw new Error(`99999 gave ${JSON.stringify(unknown)}`);
  }
}
