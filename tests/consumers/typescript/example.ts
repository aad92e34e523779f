// What an app writes: from the wire to words in the user's language.

import type { ErrorKind } from "./generated/support.js";

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

/** What a call comes to. */
type Outcome =
  | { readonly status: "done"; readonly kind: "ok" }
  | { readonly status: "refused"; readonly kind: ErrorKind; readonly error: quectel.QuectelError };

/** The kinds are complete, so the compiler tells an app that has forgotten one. */
function isUsersFault(kind: ErrorKind): boolean {
  switch (kind) {
    case "invalid_argument":
    case "not_found":
    case "already_exists":
    case "permission_denied":
    case "failed_precondition":
    case "out_of_range":
    case "unauthenticated":
    case "cancelled":
      return true;
    case "ok":
    case "unknown":
    case "deadline_exceeded":
    case "resource_exhausted":
    case "aborted":
    case "unimplemented":
    case "internal":
    case "unavailable":
    case "data_loss":
      return false;
  }
}

/** A key that is no code of the platform would be told. */
const titles: Partial<Record<quectel.KnownErrorCode, string>> = { [quectel.SMS_CODE_INCORRECT]: "SMS" };

function call(reply: number): Outcome {
  try {
    if (!quectel.isSuccess(reply)) {
      throw new quectel.QuectelError(reply, { cause: reply });
    }
    return { status: "done", kind: "ok" };
  } catch (error: unknown) {
    if (error instanceof quectel.QuectelError) {
      return { status: "refused", kind: error.kind, error };
    }
    throw error;
  }
}

/** From what a call came to, to the title of a dialogue, if there is one to show. */
function title(outcome: Outcome): string | undefined {
  switch (outcome.status) {
    case "done":
      return undefined;
    case "refused": {
      const { code } = outcome.error;
      const own = quectel.isKnown(code) ? titles[code] : undefined;
      return own ?? (isUsersFault(outcome.kind) ? "Please check" : outcome.error.message);
    }
  }
}

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
  const shown = [quectel.SMS_CODE_INCORRECT, 99999].map((code) => title(call(code)));
  if (shown.join() !== "SMS,unknown error (code 99999)") {
    throw new Error(`the dialogues are called ${shown.join()}`);
  }
}
