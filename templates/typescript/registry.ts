{% include "typescript/lint-off.ts" %}

/**
 * The codes of all platforms, for an app that learns at run time which platform it
 * talks to. This file needs the files of all platforms of the book, and bundles them;
 * an app of few platforms leaves it out and imports their modules.
 *
 * @packageDocumentation
 */

import type { {{ prefix }}DomainErrorCode } from "./support.js";
{%- for domain in domains %}
import * as {{ domain.module }} from "./{{ domain.file }}.js";
{%- endfor %}

/** Every platform's `domain`, in the order of the book. */
export function allDomains(): string[] {
  return [
{%- for domain in domains %}
    {{ domain.id }},
{%- endfor %}
  ];
}

/**
 * The code of a platform, known or unknown; `undefined` if there is no such platform,
 * or if the value can be no code of it.
 *
 * @param domain - The short name of the platform.
 * @param code - The code as the platform sent it; a number may come as text.
 */
export function lookup(domain: string, code: string | number): {{ prefix }}DomainErrorCode | undefined {
{%- if is_empty %}
  void code; // there is no platform to ask yet
{%- endif %}
  switch (domain) {
{%- for domain in domains %}
    case {{ domain.id }}: {
      const found = typeof code === "string" ? {{ domain.module }}.parse(code) : {{ domain.module }}.fromCode(code);
      return found === undefined ? undefined : {{ domain.module }}.describe(found);
    }
{%- endfor %}
    default:
      return undefined;
  }
}

/** Reads a `reference` back: platform and code, parted by the first `/`. */
export function parseReference(reference: string): {{ prefix }}DomainErrorCode | undefined {
  const slash = reference.indexOf("/");
  return slash < 0 ? undefined : lookup(reference.slice(0, slash), reference.slice(slash + 1));
}
