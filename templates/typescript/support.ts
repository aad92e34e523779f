{% include "typescript/lint-off.ts" %}

/**
 * What the modules of all platforms share: kinds, locales, cross-platform
 * conditions, and the interface through which every platform's codes can be read.
 *
 * Import it whole too; a bundle holds what is used of it:
 *
 * ```ts
 * import * as support from "./support.js";
 * ```
 *
 * @packageDocumentation
 */

/**
 * What kind of failure a code is: the canonical codes of google.rpc, which will
 * not grow. A `switch` over them can be exhaustive.
 */
export type {{ prefix }}ErrorKind =
{%- for kind in support.kinds %}
  /** {{ kind.doc }} */
  | {{ kind.id }}
{%- endfor %};

/** Every kind, in the order of google.rpc's numbers: `ok` is 0, `unauthenticated` is 16. */
export function allKinds(): {{ prefix }}ErrorKind[] {
  return [
{%- for kind in support.kinds %}
    {{ kind.id }},
{%- endfor %}
  ];
}

/** A language that messages are written in, as its BCP 47 tag. */
export type {{ prefix }}ErrorLocale =
{%- for locale in support.locales %}
  | {{ locale.tag }}
{%- endfor %};

/** Every language, the fallback first. */
export function allLocales(): {{ prefix }}ErrorLocale[] {
  return [
{%- for locale in support.locales %}
    {{ locale.tag }},
{%- endfor %}
  ];
}

/**
 * The best language for a user who prefers `tags`, in that order:
 * `matchLocale(navigator.languages)`. Never fails: the fallback, `{{ fallback.tag }}`,
 * if nothing fits.
 *
 * The script decides: a user of Traditional Chinese (`zh-TW`, `zh-HK`) gets the
 * fallback unless the book has `zh-Hant`; Simplified Chinese does not count as a match.
 *
 * @param tags - One or several BCP 47 tags or POSIX forms (`zh_CN.UTF-8`).
 */
export function matchLocale(tags: string | Iterable<string>): {{ prefix }}ErrorLocale {
  for (const tag of typeof tags === "string" ? [tags] : tags) {
    const wanted = readTag(tag);
    const candidates = localeTable.filter(
      ([, language, script]) => language === wanted.language && script === wanted.script,
    );
    const best = candidates.find(([, , , region]) => region === wanted.region) ?? candidates[0];
    if (best !== undefined) {
      return best[0];
    }
  }
  return {{ fallback.tag }};
}
{% for condition in conditions %}
/** `{{ condition.name_doc }}`: {{ condition.view.doc }} */
export const {{ condition.view.ident }} = {{ condition.view.name }};
{%- for former in condition.former %}
/** @deprecated Since {{ former.since }}. Use {@link {{ condition.view.ident }}}. */
export const {{ former.ident }} = {{ condition.view.name }};
{%- endfor %}
{%- endfor %}
{%- for condition in retired %}
/**
 * `{{ condition.view.name_doc }}`: {{ condition.view.doc }}
 *
 * @deprecated Since {{ condition.deprecated.since }}.
{%- if let Some(replacement) = condition.deprecated.replacement %} Use {@link {{ replacement }}}.{% endif %}
 */
export const {{ condition.view.ident }} = {{ condition.view.name }};
{%- endfor %}

/** Every condition that this file knows. */
export type {{ prefix }}KnownErrorCondition =
{%- for condition in conditions %}
  | {{ condition.view.name }}
{%- else %}
  | never
{%- endfor %};

/**
 * A meaning that several platforms share and that an app can act on: one of the
 * constants, or the name of a condition that is newer than this file. Compare it
 * with `===`.
 */
export type {{ prefix }}ErrorCondition = {{ prefix }}KnownErrorCondition | (string & {});

/** Every known condition, by name. */
export function allConditions(): {{ prefix }}KnownErrorCondition[] {
  return [...conditionTable.keys()] as {{ prefix }}KnownErrorCondition[];
}

/** The condition of that name, present or former. Never fails: see {@link isKnownCondition}. */
export function conditionFromName(name: string): {{ prefix }}ErrorCondition {
{%- if has_former_conditions %}
  return formerConditionTable.get(name) ?? name;
{%- else %}
  return name;
{%- endif %}
}

/** Whether this file describes the condition. */
export function isKnownCondition(condition: {{ prefix }}ErrorCondition): condition is {{ prefix }}KnownErrorCondition {
  return conditionTable.has(condition);
}

/** The kind of failure; `"unknown"` for an unknown condition. */
export function conditionKind(condition: {{ prefix }}ErrorCondition): {{ prefix }}ErrorKind {
  return conditionTable.get(condition)?.kind ?? "unknown";
}

/** A few words that name the condition, in `locale`; `undefined` for an unknown condition. */
export function conditionTitle(condition: {{ prefix }}ErrorCondition, locale: {{ prefix }}ErrorLocale): string | undefined {
  return conditionTable.get(condition)?.title[locale];
}

/** What the condition means, in `locale`; `undefined` for an unknown condition. */
export function conditionDescription(condition: {{ prefix }}ErrorCondition, locale: {{ prefix }}ErrorLocale): string | undefined {
  return conditionTable.get(condition)?.description[locale];
}

/**
 * A code of any platform with everything that is known about it. The `describe`
 * function of a platform's module makes it; compare two of them by `reference`.
 */
export interface {{ prefix }}DomainErrorCode {
  /** The short name of the platform that the code belongs to. */
  readonly domain: string;
  /** The code as text, whatever its own type is. */
  readonly codeText: string;
  /** Platform and code in one, parted by `/`. The registry reads it back. */
  readonly reference: string;
  /** The stable `snake_case` name; `undefined` for an unknown code. */
  readonly name: string | undefined;
  /** Whether the platform's module describes the code. */
  readonly isKnown: boolean;
  /** Whether the code says that all went well. */
  readonly isSuccess: boolean;
  /** The kind of failure; `"unknown"` for an unknown code. */
  readonly kind: {{ prefix }}ErrorKind;
  /** The finer meaning that several platforms share, if the code has one. */
  readonly condition: {{ prefix }}ErrorCondition | undefined;
  /** Whether sending the same request again is safe and may succeed. */
  readonly isRetryable: boolean;
  /** The HTTP status that the platform documents for it. */
  readonly httpStatus: number | undefined;
  /** The message in `locale`; `undefined` for an unknown code. */
  message(locale: {{ prefix }}ErrorLocale): string | undefined;
  /** What can be done about it, in `locale`. */
  solution(locale: {{ prefix }}ErrorLocale): string | undefined;
  /** The message in `{{ fallback.tag_doc }}` and the code, for logs. */
  toString(): string;
}

interface LanguageTag {
  readonly language: string;
  readonly script: string;
  readonly region: string;
}

function readTag(tag: string): LanguageTag {
  const text = tag.replace(/[.@][^]*$/, "").replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const [language = "", ...subtags] = text.split(/[-_]/);
  // A subtag of one character begins an extension, where the same shapes mean other things.
  const extension = subtags.findIndex((subtag) => /^[\x00-\x7f]$/.test(subtag));
  const own = extension < 0 ? subtags : subtags.slice(0, extension);
  const region = own.find((subtag) => /^(?:[a-z]{2}|[0-9]{3})$/.test(subtag)) ?? "";
  // A language without a rule is written in one script, whatever its tags say.
  const rule = likelyScriptTable.find((row) => row[0] === language && (row[1] === region || row[1] === ""));
  const script = rule && (own.find((subtag) => /^[a-z]{4}$/.test(subtag)) ?? rule[2]);
  return { language, script: script ?? "", region };
}

const localeTable: readonly (readonly [tag: {{ prefix }}ErrorLocale, language: string, script: string, region: string])[] = [
{%- for locale in support.locales %}
  [{{ locale.tag }}, {{ locale.language }}, {{ locale.script }}, {{ locale.region }}],
{%- endfor %}
];

const likelyScriptTable: readonly (readonly [language: string, region: string, script: string])[] = [
{%- for rule in support.likely_scripts %}
  [{{ rule.language }}, {{ rule.region }}, {{ rule.script }}],
{%- endfor %}
];

interface ConditionRow {
  readonly kind: {{ prefix }}ErrorKind;
  readonly title: Readonly<Record<{{ prefix }}ErrorLocale, string>>;
  readonly description: Readonly<Record<{{ prefix }}ErrorLocale, string>>;
}

const conditionTable: ReadonlyMap<string, ConditionRow> = /* @__PURE__ */ new Map<string, ConditionRow>([
{%- for condition in conditions %}
  [{{ condition.view.name }}, {
    kind: {{ condition.view.kind }},
    title: {
{%- for text in condition.titles %}
      {{ text.tag }}: {{ text.text }},
{%- endfor %}
    },
    description: {
{%- for text in condition.descriptions %}
      {{ text.tag }}: {{ text.text }},
{%- endfor %}
    },
  }],
{%- endfor %}
]);
{%- if has_former_conditions %}

const formerConditionTable: ReadonlyMap<string, {{ prefix }}KnownErrorCondition> = /* @__PURE__ */ new Map<string, {{ prefix }}KnownErrorCondition>([
{%- for condition in conditions %}
{%- for former in condition.former %}
  [{{ former.name }}, {{ condition.view.name }}],
{%- endfor %}
{%- endfor %}
]);
{%- endif %}
