import { expect, test } from 'vitest';
import type { LogLine } from '../../../lib/control/generated/control.ts';
import { commaSeparated, repeatable } from '../../cli/repeatable.ts';
import { parseArch } from './arch.ts';
import { parseInteger } from './integer.ts';
import { logOptions } from './log-flags.ts';
import { architectureOf } from './platforms.ts';
import { parseWait } from './reboot-flags.ts';
import { parseSeconds } from './timeout.ts';

test('values are parsed', () => {
  expect(parseInteger('0', 0, 65_535, 'a port')).toBe(0);
  expect(parseInteger('65535', 0, 65_535, 'a port')).toBe(65_535);
  expect([parseSeconds('90'), parseSeconds('0.5')]).toEqual([90_000, 500]);
  expect(['amd64', 'x86_64', 'x64', 'arm64', 'aarch64'].map(parseArch)).toEqual([
    'amd64',
    'amd64',
    'amd64',
    'arm64',
    'arm64',
  ]);
  expect(['linux/arm64/v8', 'linux/amd64', 'arm64'].map(architectureOf)).toEqual(['arm64', 'amd64', 'arm64']);
  expect([parseWait('answer'), parseWait('ready')]).toEqual(['answer', 'ready']);
});

test('values of an option that is given several times are collected', () => {
  expect(repeatable('b,c', ['a'])).toEqual(['a', 'b,c']);
  expect(commaSeparated('b,c', ['a'])).toEqual(['a', 'b', 'c']);
});

const line = (message: string): LogLine => ({
  ...{ timeMs: 1n, source: 'web', stream: 'stdout', message, pid: 1, sequence: 1n, missed: 0n },
});

test('the flags of kit logs become options', () => {
  expect(logOptions([], {})).toEqual({ services: [], follow: false, all: false, tail: 0, sinceMs: 0n });
  const { matches, ...options } = logOptions(['web'], {
    follow: true,
    tail: '5',
    grep: 'a+',
    ignoreCase: true,
  });
  expect(options).toEqual({ services: ['web'], follow: true, all: false, tail: 5, sinceMs: 0n });
  expect(['AA', 'b'].map((message) => matches?.(line(message)))).toEqual([true, false]);
});

test.each<[string, () => unknown, string]>([
  ['a port', () => parseInteger('65536', 0, 65_535, 'a port'), 'expected an integer from 0 to 65535'],
  ['no number', () => parseInteger('', 0, 9, 'a port'), 'Cannot use "" as a port'],
  ['half a minute', () => parseInteger('0.5', 0, 9, 'minutes'), 'Cannot use "0.5" as minutes'],
  ['no time', () => parseSeconds('0'), 'Cannot wait "0" seconds: expected a number above 0'],
  ['endless', () => parseSeconds('Infinity'), 'Cannot wait "Infinity" seconds'],
  ['an architecture', () => parseArch('toString'), 'Cannot build for "toString": expected amd64 or arm64'],
  ['an event', () => parseWait('ever'), 'Cannot wait for "ever": expected answer or ready'],
  [
    'no lines',
    () => logOptions([], { tail: '0' }),
    'Cannot show the last "0" lines: expected a number above 0',
  ],
  ['a pattern', () => logOptions([], { grep: '(' }), 'Cannot search for "("'],
  ['a time', () => logOptions([], { since: 'noon' }), 'Cannot show lines since "noon"'],
])('an invalid value is rejected: %s', (_title, parse, message) => {
  expect(parse).toThrow(message);
});
