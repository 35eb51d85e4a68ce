import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, expectTypeOf, test } from 'vitest';
import { KitError } from '../errors/errors.ts';
import { readArguments } from './arguments.ts';
import { readMetadata } from './metadata.ts';
import type { Table } from './rows.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-service-'));
  mkdirSync(join(folder, 'app'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string): void => writeFileSync(join(folder, name), text);

const limits = (value: unknown): { readonly rate: number } => {
  const rate = (value as { rate?: unknown } | null)?.rate;
  if (typeof rate !== 'number') throw new Error('it has no number "rate"');
  return { rate };
};

const table = {
  port: { type: 'integer', min: 1, max: 65_535, default: 8080, env: 'APP_PORT', metadata: 'app/port' },
  maxWait: { type: 'number', min: 0.5 },
  level: { type: 'string', choices: ['low', 'high'], default: 'low' },
  verbose: { type: 'boolean', env: 'APP_VERBOSE' },
  peer: { type: 'string', multiple: true },
  limits: { type: 'json', check: limits, metadata: 'app/limits' },
} as const satisfies Table;

const read = (args: readonly string[], env: Record<string, string> = {}) =>
  readArguments(table, { args, env, folder });

test('without arguments there are the defaults, with exact types', () => {
  const values = read([]);
  expect(values).toEqual({
    ...{ port: 8080, maxWait: undefined, level: 'low', verbose: false, peer: [], limits: undefined },
  });
  expectTypeOf(values.port).toEqualTypeOf<number>();
  expectTypeOf(values.maxWait).toEqualTypeOf<number | undefined>();
  expectTypeOf(values.level).toEqualTypeOf<'low' | 'high'>();
  expectTypeOf(values.verbose).toEqualTypeOf<boolean>();
  expectTypeOf(values.peer).toEqualTypeOf<readonly string[]>();
  expectTypeOf(values.limits).toEqualTypeOf<{ readonly rate: number } | undefined>();
});

test('a flag overrides the environment, which overrides metadata', () => {
  put('app/port', '81\n');
  expect(read([]).port).toBe(81);
  expect(read([], { APP_PORT: '82' }).port).toBe(82);
  expect(read(['--port=83'], { APP_PORT: '82' }).port).toBe(83);
  // As an empty file, an empty variable sets nothing.
  expect(read([], { APP_PORT: '' }).port).toBe(81);
});

test('reads flags of several words, repeated ones, and JSON', () => {
  put('app/limits', '{"rate": 5}');
  const args = ['--max-wait', '1.5', '--peer', 'a', '--peer=b', '--verbose', '--port', '1', '--port', '2'];
  expect(read(args)).toMatchObject({ maxWait: 1.5, peer: ['a', 'b'], verbose: true, port: 2 });
  expect(read([]).limits).toEqual({ rate: 5 });
});

test.each([
  [['--port', 'x'], 'Cannot use --port "x": not a whole number from 1 to 65535'],
  [['--port', '70000'], 'Cannot use --port "70000": not a whole number from 1 to 65535'],
  [['--port', '1e3'], 'Cannot use --port "1e3": not a whole number from 1 to 65535'],
  [['--port', ''], 'Cannot use --port "": not a whole number from 1 to 65535'],
  [['--max-wait', '.1'], 'Cannot use --max-wait ".1": not a number from 0.5'],
  [['--level', 'mid'], 'Cannot use --level "mid": not one of low, high'],
  [['--limits', '{'], 'Cannot use --limits "{": not JSON'],
  [['--limits', '{}'], 'Cannot use --limits "{}": it has no number "rate"'],
  [['--maxWait', '1'], "Cannot read the arguments: Unknown option '--maxWait'"],
  [['word'], "Cannot read the arguments: Unexpected argument 'word'"],
])('refuses %j', (args, message) => {
  expect(() => read(args)).toThrow(message);
  expect(() => read(args)).toThrow(expect.objectContaining({ exitCode: 2 }));
});

test('names the origin of a wrong value, and shows nothing of a file', () => {
  expect(() => read([], { APP_VERBOSE: 'maybe' })).toThrow(
    'Cannot use APP_VERBOSE "maybe": not true or false',
  );
  put('app/port', 'secret');
  expect(() => read([])).toThrow(/^Cannot use ".*\/app\/port": not a whole number from 1 to 65535$/);
});

test('reports all mistakes at once', () => {
  expect(() => read(['--port', 'x', '--level', 'y'])).toThrow(/--port "x".*\n.*--level "y"/);
});

test('says where a missing value may come from', () => {
  const key = {
    type: 'string',
    required: true,
    env: 'KEY',
    metadata: 'app/key',
    description: 'the API key',
  } as const;
  const missing = (): unknown => readArguments({ key }, { args: [], env: {}, folder: '/run/config' });
  expect(missing).toThrow(
    new KitError('Cannot start: --key, the API key, is missing', {
      hint:
        'it comes from --key, or KEY in the environment, or the file "app/key" of the machine\'s metadata ' +
        '(in /run/config)',
      exitCode: 2,
    }),
  );
});

test('metadata alone is read by a table, too', () => {
  put('app/port', '5');
  const rows = {
    port: { type: 'integer', metadata: 'app/port', required: true },
    name: { type: 'string', metadata: 'app/name', default: 'kit' },
  } as const;
  const values = readMetadata(rows, { folder });
  expect(values).toEqual({ port: 5, name: 'kit' });
  expectTypeOf(values.port).toEqualTypeOf<number>();
  put('app/port', 'x'.repeat((1 << 20) + 1));
  expect(() => readMetadata(rows, { folder })).toThrow('longer than 1048576 bytes');
});
