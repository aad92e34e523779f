// An app that uses the platform's own types beside every generated module, and says what the generated API
// says, one JSON object a line.

import { allConditions, allLocales, conditionDescription, conditionKind, conditionTitle } from "./generated/support.js";
import type { DomainErrorCode, ErrorLocale } from "./generated/support.js";
import { conditionConstants, constants } from "./constants.js";
import { codeJson, print, textsJson } from "./json.js";
import { modules } from "./domains.js";
import { vectors } from "./vectors.js";

/** The platform's own names mean what they always did. */
function useThePlatform(): Error {
  const locale: Intl.Locale = new Intl.Locale("zh-Hans-CN");
  const script: ErrorLocale | undefined = locale.script === "Hans" ? allLocales()[0] : undefined;
  return new Error(script ?? "no script");
}

/** What a code says of itself, thrown and caught the way an app does. */
function caught(error: Error & { readonly code: string | number }): string {
  try {
    throw error;
  } catch (thrown) {
    return thrown instanceof Error && thrown === error ? `${thrown.name}: ${thrown.message}` : "";
  }
}

/** No decoded value but a number or a text is a code, and numbers are what they are, however they were written. */
function checkJson(): void {
  const never = [null, undefined, true, false, [], [5003], {}, { code: 5003 }, 10n, Symbol.iterator, () => 5003];
  const numbers = [5003.5, 2 ** 53, -(2 ** 53), 1e300, Number.NaN, Number.POSITIVE_INFINITY];
  for (const [domain, module] of modules) {
    const isText = module.json("no number") !== undefined;
    const wrong = [...never, ...numbers, ...(isText ? [5003, 0, -0] : ["", " 1", "1.0", "１"])];
    for (const value of wrong) {
      if (module.json(value) !== undefined) {
        throw new Error(`${String(value)} is a code of ${domain}`);
      }
    }
    if (!isText && (module.json(-0)?.codeText !== "0" || module.json("5003")?.codeText !== module.json(5003.0)?.codeText)) {
      throw new Error(`one number is two codes of ${domain}`);
    }
  }
}

function describe(domain: string, code: string | number): DomainErrorCode {
  const module = modules.get(domain);
  if (module === undefined) {
    throw new RangeError(domain);
  }
  const described = module.describe(code);
  const error = module.error(code);
  if (caught(error) !== `${error.name}: ${described}` || error.code !== code || error.cause === undefined) {
    throw new Error(`${caught(error)} is not ${described}`);
  }
  return described;
}

export function run(label: string): void {
  print({ run: label });
  if (useThePlatform().message !== allLocales()[0]) {
    throw new Error("the platform's Locale is not the platform's");
  }
  constants((domain, constant, code) => {
    print({ constant, is: codeJson(describe(domain, code)) });
  });
  conditionConstants((constant, condition) => {
    print({ condition_constant: constant, is: condition });
  });
  for (const [domain, module] of modules) {
    print({ all: domain, codes: module.all().map(String) });
  }
  for (const condition of allConditions()) {
    print({
      condition,
      kind: conditionKind(condition),
      title: textsJson((locale) => conditionTitle(condition, locale)),
      description: textsJson((locale) => conditionDescription(condition, locale)),
    });
  }
  vectors(modules);
  checkJson();
}
