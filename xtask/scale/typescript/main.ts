/** Asks the generated module about the codes of a great domain; `words.md` says what. */

import * as synthetic from './synthetic.js';

interface Console {
  log(text: string): void;
}

declare const console: Console;
declare const performance: { now(): number };
declare const process: { readonly argv: readonly string[] };

function message(text: string): string | undefined {
  const code = synthetic.parse(text);
  return code === undefined ? undefined : synthetic.message(code, 'en');
}

/** How long a lookup of each text takes, in nanoseconds. */
function time(texts: readonly string[]): number {
  const rounds = Math.floor(400_000 / texts.length) + 1;
  let length = 0;
  const started = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const text of texts) {
      length += message(text)?.length ?? 1;
    }
  }
  const spent = performance.now() - started;
  if (length === 0) {
    throw new Error('nothing was looked up');
  }
  return Math.round((spent * 1e6) / (rounds * texts.length));
}

const [word, argument = ''] = process.argv.slice(2);
switch (word) {
  case 'one': {
    const started = performance.now();
    const text = message(argument) ?? '';
    console.log(`${Math.round((performance.now() - started) * 1e3)}\t${text}`);
    break;
  }
  case 'time': {
    const known = synthetic.all().map(String);
    console.log(`${time(known)}\t${time(known.map((text) => `${text}1`))}`);
    break;
  }
  default: {
    const lines = synthetic.all().map((known) => {
      const code = synthetic.parse(String(known));
      if (code === undefined) {
        throw new Error(`${known} is not read again`);
      }
      return [
        code,
        synthetic.name(code),
        synthetic.kind(code),
        synthetic.isRetryable(code),
        synthetic.httpStatus(code) ?? '',
        synthetic.message(code, 'en'),
        synthetic.message(code, 'zh-Hans'),
        synthetic.solution(code, 'en') ?? '',
        synthetic.solution(code, 'zh-Hans') ?? '',
      ].join('\t');
    });
    console.log(lines.join('\n'));
  }
}
