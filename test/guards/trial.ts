import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { KitError } from '../../lib/errors/errors.ts';
import type { Guard } from './guard.ts';

/** What became of the test without the code that withstands its attack. */
export interface Trial {
  /** `succeeded`: the attack, so the test failed and said so. `withstood`: the test passed all the same. */
  readonly outcome: 'succeeded' | 'withstood' | 'failed otherwise';
  /** What the test said. */
  readonly said: string;
}

interface Report {
  /** What Vitest prints for people. */
  readonly text: string;
  /** Of each test that was chosen or not: `passed`, `failed`, `skipped`. */
  readonly statuses: readonly string[];
}

const limitMs = 900_000;

/** Takes the code out of the checkout, runs the test there, and puts the code back. */
export async function tryWithout(guard: Guard, checkout: string): Promise<Trial> {
  const before = new Map<string, string>();
  for (const { file, code, instead = '' } of guard.without) {
    const path = join(checkout, file);
    const text = readFileSync(path, 'utf8');
    if (!before.has(path)) before.set(path, text);
    writeFileSync(
      path,
      text.replace(code, () => instead),
    );
  }
  try {
    return judge(guard, await runTest(guard, checkout));
  } finally {
    for (const [path, text] of before) writeFileSync(path, text);
  }
}

async function runTest({ test, title }: Guard, checkout: string): Promise<Report> {
  const report = join(checkout, 'guards.json');
  const words = [
    ...['run', '--configLoader', 'native', '--reporter=default', '--reporter=json'],
    ...[`--outputFile.json=${report}`, test, '-t', patternOf(title)],
  ];
  rmSync(report, { force: true });
  // Vitest exits with 1 when a test fails.
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    [join(checkout, 'node_modules/vitest/vitest.mjs'), ...words],
    { cwd: checkout, timeout: limitMs, maxBuffer: 1 << 28, env: { ...process.env, NO_COLOR: '1' } },
  ).catch((ended: { stdout: string; stderr: string }) => ended);
  const text = stripVTControlCharacters(`${stdout}\n${stderr}`);
  if (!existsSync(report)) throw new KitError(`Cannot run "${test}": ${text}`);
  const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
    readonly testResults: readonly { readonly assertionResults: readonly { readonly status: string }[] }[];
  };
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return { text, statuses: results.map(({ status }) => status) };
}

/** A title of `test.each` has `%s` or `$name` where values are put. */
function patternOf(title: string): string {
  return title
    .split(/%[sij]|\$\w+/)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('.*');
}

function judge({ shows }: Guard, { text, statuses }: Report): Trial {
  if (!statuses.includes('failed'))
    return statuses.includes('passed')
      ? { outcome: 'withstood', said: '' }
      : { outcome: 'failed otherwise', said: `no test ran\n${text}` };
  const said = messagesOf(text);
  return { outcome: said.includes(shows) ? 'succeeded' : 'failed otherwise', said };
}

/** The messages of failures with what differs, without the source of the tests. */
function messagesOf(text: string): string {
  const lines = text.split('\n').filter((line) => /^(?:\w*Error: |\s*[+-] )/.test(line));
  return [...new Set(lines)].join('\n');
}
