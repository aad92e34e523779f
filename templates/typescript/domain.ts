{% include "typescript/lint-off.ts" %}

/**
 * Error codes of {{ domain.title }}.
 *
 * A code is a plain {{ base }}. Import the module whole and ask it about the code:
 *
 * ```ts
 * import * as {{ module }} from "./{{ file }}.js";
 * import * as support from "./support.js";
 *
 * const code = {{ module }}.fromCode(reply.code);
 * if (code !== undefined) {
 *   const locale = support.matchLocale(navigator.languages);
 *   show({{ module }}.message(code, locale) ?? {{ module }}.display(code));
 * }
 * ```
 *
 * @packageDocumentation
 */

import type { {{ prefix }}DomainErrorCode, {{ prefix }}ErrorCondition, {{ prefix }}ErrorKind, {{ prefix }}ErrorLocale } from "./support.js";
{% for constant in self.constants() %}
{%- if constant.is_plain %}
/** `{{ constant.view.code_doc }}`: {{ constant.view.message }} */
{%- else %}
/**
 * `{{ constant.view.code_doc }}`: {{ constant.view.message }}
{%- for meaning in constant.view.other_meanings %}
 *
 * Also documented as: {{ meaning }}
{%- endfor %}
{%- if let Some(deprecated) = constant.deprecated %}
 *
 * @deprecated Since {{ deprecated.since }}.
{%- if let Some(note) = deprecated.note %} {{ note }}{% endif %}
{%- if let Some(replacement) = deprecated.replacement %} Use {@link {{ replacement }}}.{% endif %}
{%- endif %}
 */
{%- endif %}
export const {{ constant.view.ident }} = {{ constant.view.code }};
{%- endfor %}

/** Every code that this file knows. */
export type {{ prefix }}KnownErrorCode =
{%- for code in domain.codes() %}
  | {{ code }}
{%- else %}
  | never
{%- endfor %};

/** An error code: a known one, or one that is newer than this file. */
export type {{ prefix }}ErrorCode = {{ prefix }}KnownErrorCode | ({{ base }} & {});

/** The short name of the platform that the codes belong to. */
export const domain = {{ domain.id }};

/** Every known code, in ascending order. */
export function all(): {{ prefix }}KnownErrorCode[] {
  return [...metaTable.keys()] as {{ prefix }}KnownErrorCode[];
}
{% if is_string %}
/**
 * The code in a decoded reply: a string. `undefined` if the value can be no code;
 * a code that this file does not know is one.
 */
export function fromCode(value: unknown): {{ prefix }}ErrorCode | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The code in a text; `undefined` for the empty text only. */
export function parse(text: string): {{ prefix }}ErrorCode | undefined {
  return text === "" ? undefined : text;
}
{% else %}
{%- if is_int32 %}
/**
 * The code in a decoded reply: an integer of 32 bits, or its decimal text.
 * `undefined` if the value can be no code; a code that this file does not know is one.
 */
export function fromCode(value: unknown): {{ prefix }}ErrorCode | undefined {
  if (typeof value === "string") {
    return parse(value);
  }
  // `| 0` leaves an integer of 32 bits as it is, except that it makes 0 of -0.
  return typeof value === "number" && value === (value | 0) ? value | 0 : undefined;
}

/** The code in a text; `undefined` unless it is an integer of 32 bits in plain decimal digits. */
{%- else %}
/**
 * The code in a decoded reply: an integer that a number holds exactly, or its decimal
 * text. `undefined` if the value can be no code; a code that this file does not know is one.
 */
export function fromCode(value: unknown): {{ prefix }}ErrorCode | undefined {
  if (typeof value === "string") {
    return parse(value);
  }
  // Adding 0 makes 0 of -0.
  return typeof value === "number" && Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** The code in a text; `undefined` unless it is a safe integer in plain decimal digits. */
{%- endif %}
export function parse(text: string): {{ prefix }}ErrorCode | undefined {
  return /^(?:0|-?[1-9][0-9]*)$/.test(text) ? fromCode(Number(text)) : undefined;
}
{% endif %}
/** The code of that name, present or former. */
export function fromName(name: string): {{ prefix }}KnownErrorCode | undefined {
  codesByName ??= indexNames();
  return codesByName.get(name);
}

/** Whether this file describes the code. */
export function isKnown(code: {{ prefix }}ErrorCode): code is {{ prefix }}KnownErrorCode {
  return metaTable.has(code);
}

/** Whether the code says that all went well. */
export function isSuccess(code: {{ prefix }}ErrorCode): boolean {
  return kind(code) === "ok";
}

/** The stable `snake_case` name; `undefined` for an unknown code. */
export function name(code: {{ prefix }}ErrorCode): string | undefined {
  return metaTable.get(code)?.[0];
}

/** The kind of failure; `"unknown"` for an unknown code. */
export function kind(code: {{ prefix }}ErrorCode): {{ prefix }}ErrorKind {
  return metaTable.get(code)?.[1] ?? "unknown";
}

/** Whether sending the same request again is safe and may succeed; `false` for an unknown code. */
export function isRetryable(code: {{ prefix }}ErrorCode): boolean {
  return metaTable.get(code)?.[2] ?? false;
}

/** The finer meaning that several platforms share, if the code has one. */
export function condition(code: {{ prefix }}ErrorCode): {{ prefix }}ErrorCondition | undefined {
  return metaTable.get(code)?.[3];
}

/** The HTTP status that the platform documents for it. */
export function httpStatus(code: {{ prefix }}ErrorCode): number | undefined {
  return metaTable.get(code)?.[4];
}

/** The message in `locale`. An app in a single language calls that language's own function and bundles no other. */
export function message(code: {{ prefix }}ErrorCode, locale: {{ prefix }}ErrorLocale): string | undefined {
  switch (locale) {
{%- for locale in domain.locales %}
    case {{ locale.tag }}:
      return message{{ locale.suffix }}(code);
{%- endfor %}
  }
}
{% for locale in domain.locales %}
/** The message in `{{ locale.tag_doc }}`; `undefined` for an unknown code. */
export function message{{ locale.suffix }}(code: {{ prefix }}ErrorCode): string | undefined {
  return message{{ locale.suffix }}Table.get(code);
}
{% endfor %}
/** What can be done about it, in `locale`. */
export function solution(code: {{ prefix }}ErrorCode, locale: {{ prefix }}ErrorLocale): string | undefined {
  switch (locale) {
{%- for locale in domain.locales %}
    case {{ locale.tag }}:
      return solution{{ locale.suffix }}(code);
{%- endfor %}
  }
}
{% for locale in domain.locales %}
/** What can be done about it, in `{{ locale.tag_doc }}`. */
export function solution{{ locale.suffix }}(code: {{ prefix }}ErrorCode): string | undefined {
  return solution{{ locale.suffix }}Table.get(code);
}
{% endfor %}
/** The message in `{{ fallback.tag_doc }}` and the code, for logs; `unknown error (code …)` for an unknown code. */
export function display(code: {{ prefix }}ErrorCode): string {
  return `${message{{ fallback.suffix }}(code) ?? "unknown error"} (code ${code})`;
}

/** The code with all its facts, behind the interface that the codes of every platform share. */
export function describe(code: {{ prefix }}ErrorCode): {{ prefix }}DomainErrorCode {
  return {
    domain,
    codeText: `${code}`,
    reference: `${domain}/${code}`,
    name: name(code),
    isKnown: isKnown(code),
    isSuccess: isSuccess(code),
    kind: kind(code),
    condition: condition(code),
    isRetryable: isRetryable(code),
    httpStatus: httpStatus(code),
    message: (locale) => message(code, locale),
    solution: (locale) => solution(code, locale),
    toString: () => display(code),
  };
}

/** An error reply of the platform, to be thrown. */
export class {{ error_class }} extends Error {
  override readonly name: string = "{{ error_class }}";
  /** The code, exactly as received. */
  readonly code: {{ prefix }}ErrorCode;

  /**
   * @param code - The code of the reply.
   * @param options - `message` replaces the code's own; `cause` is what led here.
   */
  constructor(code: {{ prefix }}ErrorCode, options?: { readonly message?: string | undefined; readonly cause?: unknown }) {
    super(options?.message ?? display(code));
    this.code = code;
    // As ES2022 does it, for a project whose library is older.
    if (options !== undefined && "cause" in options) {
      Object.defineProperty(this, "cause", { value: options.cause, configurable: true, writable: true });
    }
  }

  /** The kind of failure; `"unknown"` for an unknown code. */
  get kind(): {{ prefix }}ErrorKind {
    return kind(this.code);
  }

  /** The finer meaning that several platforms share, if the code has one. */
  get condition(): {{ prefix }}ErrorCondition | undefined {
    return condition(this.code);
  }

  /** Whether sending the same request again is safe and may succeed. */
  get isRetryable(): boolean {
    return isRetryable(this.code);
  }
}

// Made when a name is first asked for: most apps never ask.
let codesByName: ReadonlyMap<string, {{ prefix }}KnownErrorCode> | undefined;

function indexNames(): ReadonlyMap<string, {{ prefix }}KnownErrorCode> {
  const index = new Map<string, {{ prefix }}KnownErrorCode>();
  for (const [code, [name]] of metaTable) {
    index.set(name, code as {{ prefix }}KnownErrorCode);
  }
{%- for (name, code) in domain.former_names() %}
  index.set({{ name }}, {{ code }});
{%- endfor %}
  return index;
}

type Meta = readonly [name: string, kind: {{ prefix }}ErrorKind, isRetryable: boolean, condition?: {{ prefix }}ErrorCondition | undefined, httpStatus?: number];

const metaTable: ReadonlyMap<{{ base }}, Meta> = /* @__PURE__ */ new Map<{{ base }}, Meta>([
{%- for error in self.errors() %}
  [{{ error.code }}, [{{ error.name }}, {{ error.kind }}, {% if error.retryable %}true{% else %}false{% endif -%}
    {%- if let Some(condition) = error.condition %}, {{ condition }}{% else if error.http_status.is_some() %}, undefined{% endif -%}
    {%- if let Some(status) = error.http_status %}, {{ status }}{% endif %}]],
{%- endfor %}
]);
{%- for table in tables %}

const message{{ table.locale.suffix }}Table: ReadonlyMap<{{ base }}, string> = /* @__PURE__ */ new Map<{{ base }}, string>([
{%- for (code, text) in domain.messages(*table.at) %}
  [{{ code }}, {{ text }}],
{%- endfor %}
]);
{%- endfor %}
{%- for table in tables %}

const solution{{ table.locale.suffix }}Table: ReadonlyMap<{{ base }}, string> = /* @__PURE__ */ new Map<{{ base }}, string>(
{%- if table.has_solutions %}[
{%- for (code, text) in domain.solutions(*table.at) %}
  [{{ code }}, {{ text }}],
{%- endfor %}
]{% endif %});
{%- endfor %}
