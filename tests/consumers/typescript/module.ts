// The modules of all domains behind one type: number and string domains differ only in the type of a code.

import type { DomainErrorCode } from "./generated/support.js";

/** What every generated module has, over its own type of code. */
interface DomainModule<Code extends string | number> {
  all(): Code[];
  fromCode(value: unknown): Code | undefined;
  parse(text: string): Code | undefined;
  fromName(name: string): Code | undefined;
  describe(code: Code): DomainErrorCode;
}

/** The same, with the type of its code erased. */
export interface Module {
  all(): (string | number)[];
  code(text: string): DomainErrorCode | undefined;
  json(value: unknown): DomainErrorCode | undefined;
  parse(text: string): DomainErrorCode | undefined;
  fromName(name: string): DomainErrorCode | undefined;
  describe(code: string | number): DomainErrorCode;
  error(code: string | number): Error & { readonly code: string | number };
}

type ErrorClass<Code> = new (code: Code, options?: { readonly cause?: unknown }) => Error & { readonly code: Code };

export function adapt<Code extends string | number>(module: DomainModule<Code> & object): Module {
  const classes = Object.entries(module).filter(([name]) => /Error$/.test(name));
  const thrown = classes[0]?.[1] as ErrorClass<Code> | undefined;
  if (classes.length !== 1 || thrown === undefined) {
    throw new Error("a domain has one class to throw");
  }
  const describe = (code: Code | undefined) => (code === undefined ? undefined : module.describe(code));
  const numeric = module.fromCode(0) !== undefined;
  return {
    all: () => module.all(),
    code: (text) => describe(module.fromCode(numeric ? Number(text) : text)),
    json: (value) => describe(module.fromCode(value)),
    parse: (text) => describe(module.parse(text)),
    fromName: (name) => describe(module.fromName(name)),
    describe: (code) => module.describe(code as Code),
    error: (code) => new thrown(code as Code, { cause: module }),
  };
}
