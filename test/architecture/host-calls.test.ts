import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/**
 * What every command may load of lib/linux before it is known what it does: flock(2), through which processes
 * share the cache, and spawn.ts, which makes no system call of its own.
 */
const known = new Set(['lib/linux/ffi.ts', 'lib/linux/io/flock.ts', 'lib/linux/process/spawn.ts']);

const commands = ['build/main.ts', ...sourcesIn('build/commands')].filter(
  (path) => !isTest(path) && !isTestSupport(path),
);

/** Files that are loaded together with this one: static imports, without types. */
function imported(from: string): string[] {
  const pattern = /^(?:import|export) (?!type\b)[^;]*?from '(\.[^']+)'|^import '(\.[^']+)'/gms;
  const paths = [...textOf(from).matchAll(pattern)].map(([, named, bare]) => named ?? bare ?? '');
  return paths.map((path) => normalize(join(dirname(from), path)));
}

/** The shortest chain of imports from the file to a system call that is not known; empty if there is none. */
function chainToSystemCall(start: string): string[] {
  const before = new Map<string, string[]>([[start, [start]]]);
  for (const [file, chain] of before) {
    if (file.startsWith('lib/linux/') && !known.has(file)) return chain;
    for (const next of imported(file)) if (!before.has(next)) before.set(next, [...chain, next]);
  }
  return [];
}

test('commands are found, and their imports', () => {
  expect(commands.length).toBeGreaterThan(20);
  expect(imported('build/cache/file-lock.ts')).toContain('lib/linux/io/flock.ts');
});

test('no command loads system calls of Linux at its start, besides flock', () => {
  const chains = commands.map(chainToSystemCall).filter((chain) => chain.length > 0);
  expect(chains.map((chain) => chain.join(' -> '))).toEqual([]);
});
