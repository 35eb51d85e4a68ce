/**
 * `config-main.ts FILE MARK`: imports the configuration, and writes MARK and a ConfigAnswer to standard
 * output. It is a process of its own, since the file is a program that may loop, exit or print anything.
 */

import { writeSync } from 'node:fs';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { ConfigAnswer } from './answer.ts';
import { resolveAsBundlers } from './resolve-hook.ts';

const [file = '', mark = ''] = process.argv.slice(2);
let answer: ConfigAnswer = { kind: 'exited' };
// Standard output is for the answer: what the file prints is shown as progress.
process.stdout.write = process.stderr.write.bind(process.stderr);
process.on('exit', (status) => {
  // Node's status for a top-level await that nothing can settle any more.
  if (status === 13 && answer.kind === 'exited') answer = { kind: 'unsettled' };
  writeSync(1, `\n${mark}${JSON.stringify(answer)}\n`);
});
resolveAsBundlers();
try {
  const exported = defaultExport((await import(pathToFileURL(file).href)) as object);
  answer = answerOf(await (typeof exported === 'function' ? exported() : exported));
} catch (thrown) {
  answer = failure(thrown);
  // Node then prints where a syntax error is, which its stack does not say.
  throw thrown;
}
// Timers and connections of the file would keep the process alive.
process.exit(0);

function defaultExport(module: { readonly default?: unknown }): unknown {
  const { default: exported } = module;
  // A file without imports and exports counts as CommonJS, whose exports are an empty object at first.
  const isUntouched = 'module.exports' in module && Object.keys(exported ?? {}).length === 0;
  return isUntouched && typeof exported === 'object' ? undefined : exported;
}

function answerOf(value: unknown): ConfigAnswer {
  const what = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
  if (what !== 'object') return { kind: 'odd', what };
  let odd: string | undefined;
  JSON.stringify(value, (key, item: unknown) => {
    if (['function', 'symbol'].includes(typeof item)) odd ??= `${typeof item} at key "${key}"`;
    return typeof item === 'bigint' ? null : item;
  });
  return odd === undefined ? { kind: 'manifest', json: exactJson(value) } : { kind: 'odd', what: odd };
}

function failure(thrown: unknown): ConfigAnswer {
  if (!(thrown instanceof Error)) return { kind: 'threw', name: '', message: String(thrown), stack: '' };
  const { name, message, stack = '' } = thrown;
  const code = 'code' in thrown ? { code: String(thrown.code) } : {};
  return { kind: 'threw', name, message, stack, ...code };
}
