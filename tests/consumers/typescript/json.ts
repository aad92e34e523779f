// Compact JSON as the harness reads it: only `"`, `\` and the controls below U+0020 are escaped.

import { allLocales } from "./generated/support.js";
import type { DomainErrorCode, ErrorLocale } from "./generated/support.js";

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What a code says, read through the interface that all domains share. */
export function codeJson(code: DomainErrorCode): Json {
  return {
    domain: code.domain,
    code: code.codeText,
    reference: code.reference,
    name: code.name ?? null,
    known: code.isKnown,
    success: code.isSuccess,
    kind: code.kind,
    condition: code.condition ?? null,
    retryable: code.isRetryable,
    http_status: code.httpStatus ?? null,
    message: textsJson((locale) => code.message(locale)),
    solution: textsJson((locale) => code.solution(locale)),
    text: code.toString(),
  };
}

/** A text in every language. */
export function textsJson(text: (locale: ErrorLocale) => string | undefined): Json {
  return Object.fromEntries(allLocales().map((locale) => [locale, text(locale) ?? null]));
}

/** Prints a line. */
export function print(line: Json): void {
  console.log(stringify(line));
}

function stringify(value: Json): string {
  if (typeof value === "string") {
    return quote(value);
  }
  if (value === null || typeof value !== "object") {
    return String(value);
  }
  if (isList(value)) {
    return `[${value.map(stringify).join(",")}]`;
  }
  const fields = Object.entries(value).map(([key, field]) => `${quote(key)}:${stringify(field)}`);
  return `{${fields.join(",")}}`;
}

function isList(value: readonly Json[] | { readonly [key: string]: Json }): value is readonly Json[] {
  return Array.isArray(value);
}

function quote(text: string): string {
  const escaped = text.replace(/["\\\u0000-\u001f]/g, (unit) =>
    unit < " " ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}` : `\\${unit}`,
  );
  return `"${escaped}"`;
}
