import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { type ErrorStyle, reportError } from './report-error.ts';

const place = { file: 'x.yml', line: 1, column: 3, text: 'a: b' };
const one = new KitError('unknown key "a"', { place, hint: 'did you mean "b"?' });
const two = new KitError('Cannot read "y"', { exitCode: 2 });

function report(
  thrown: unknown,
  style: ErrorStyle,
  terminal: { isTTY?: boolean; columns?: number } = {},
  env: Record<string, string> = {},
): { status: number; out: string; error: string } {
  const stdout = new PassThrough();
  const stderr = Object.assign(new PassThrough(), terminal);
  const status = reportError(thrown, style, { stdout, stderr, env });
  return { status, out: String(stdout.read() ?? ''), error: String(stderr.read()) };
}

test('--json adds one object on standard output', () => {
  const { status, out, error } = report(new KitErrors([one, two]), { json: true });
  expect(status).toBe(1);
  expect(JSON.parse(out)).toEqual({
    error: {
      ...{ message: 'unknown key "a"', place: { file: 'x.yml', line: 1, column: 3 } },
      ...{ hint: 'did you mean "b"?', others: [{ message: 'Cannot read "y"', place: null, hint: null }] },
    },
  });
  expect(error).toMatch(/^error: x.yml:1:3: unknown key "a"\n/);
  expect(report(two, { json: true })).toMatchObject({
    status: 2,
    out: expect.stringContaining('"others":[]'),
  });
});

test('a bug and a system error are errors in JSON, too', () => {
  expect(JSON.parse(report(new TypeError('x'), { json: true }).out)).toMatchObject({
    error: { message: 'Unexpected failure, which is a bug in kit: x', place: null, others: [] },
  });
});

test.each<[string, boolean, { isTTY?: boolean }, Record<string, string>]>([
  ['a file', false, {}, {}],
  ['a terminal', true, { isTTY: true }, {}],
  ['a terminal with NO_COLOR', false, { isTTY: true }, { NO_COLOR: '1' }],
  ['a terminal with an empty NO_COLOR', true, { isTTY: true }, { NO_COLOR: '' }],
  ['a dumb terminal', false, { isTTY: true }, { TERM: 'dumb' }],
  ['a file with FORCE_COLOR', true, {}, { FORCE_COLOR: '1' }],
  ['a terminal with FORCE_COLOR=0', false, { isTTY: true }, { FORCE_COLOR: '0' }],
])('%s has colours: %j', (_title, coloured, terminal, env) => {
  const { error } = report(one, {}, terminal, env);
  expect(error.includes('\x1b[31m')).toBe(coloured);
  expect(error.replaceAll(/\x1b\[\d+m/g, '')).toBe(report(one, {}).error);
});

test('on a terminal, lines are broken at spaces to fit', () => {
  const long = new KitError(`Cannot read "${'a/'.repeat(50)}": ${'word '.repeat(30)}end`);
  const lines = report(long, {}, { isTTY: true, columns: 80 }, { NO_COLOR: '1' }).error.split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([`  "${'a/'.repeat(50)}":`]);
  expect(report(long, {}).error.split('\n')).toHaveLength(2);
});
