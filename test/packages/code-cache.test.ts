import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { probeCommand } from '../../build/audit/image/probe.ts';
import { kitRoot, nodeProgram } from '../../build/host/paths.ts';
import { program as migrated } from '../../build/migrate/context.ts';
import { nodeCommand } from '../../build/packages/write-image.ts';
import { preloadPath } from '../../build/spec/node-paths.ts';
import { withoutSignalledInspector } from '../../build/spec/production.ts';
import { supervisorCommand } from '../../init/daemons/supervisor-command.ts';

/*
 * Node carries its own modules compiled, for V8 with exactly the flags that it was built with. Most flags of
 * V8 on a command line void this cache, silently: every start then compiles a hundred modules.
 * lib/process/heap.ts is the way for flags that kit needs.
 */

/** How many of Node's own modules were compiled, with and without the cache, when Node ran with `options`. */
function compiled(options: readonly string[]): { readonly withCache: number; readonly without: number } {
  const script = `
    for (const name of ['http', 'http2', 'net', 'tls', 'crypto', 'child_process']) require(name);
    const { internalBinding } = require('internal/test/binding');
    const { compiledWithCache, compiledWithoutCache } = internalBinding('builtins').getCacheUsage();
    console.log(JSON.stringify({ withCache: compiledWithCache.size, without: compiledWithoutCache.size }));`;
  const ours = options.map((option) =>
    option === `--require=${preloadPath}`
      ? `--require=${join(kitRoot, 'build/packages/node-runtime/preload.cjs')}`
      : option,
  );
  const args = ['--expose-internals', '--no-warnings', ...ours, '-e', script];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** The options between Node and its program. */
function optionsOf(command: readonly string[]): readonly string[] {
  const after = command.slice(command.findIndex((word) => /(^|\/)node$/.test(word)) + 1);
  const end = after.findIndex((word) => !word.startsWith('--'));
  return end < 0 ? after : after.slice(0, end);
}

/** Command lines of Node in texts: scripts, definitions of packages, examples. */
function* written(): Generator<[where: string, options: readonly string[]]> {
  const files = ['pkg', 'examples', 'build', 'docs'].flatMap((folder) =>
    readdirSync(join(kitRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(ts|json|lock)$/.test(entry.name))
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
  for (const file of files)
    for (const [, options = ''] of readFileSync(file, 'utf8').matchAll(
      /\/usr\/bin\/node((?:,? +--[\w=./-]+)+)/g,
    ))
      yield [file.slice(kitRoot.length + 1), options.split(/,? +/).slice(1)];
}

const service = nodeCommand('/service/main.mjs');
const production = withoutSignalledInspector({ process: { args: service } } as never, {
  Entrypoint: service,
});
const commands = [
  ['the supervisor', optionsOf(['node', ...supervisorCommand('main.mjs').slice(1)])],
  ['a service', optionsOf(service)],
  ['a service of an image for production', optionsOf(production.process.args)],
  ['a migrated service', optionsOf(migrated)],
  ['the probe of kit audit', optionsOf(probeCommand('amd64'))],
  ['a program on the host', optionsOf(['node', ...nodeProgram('build/monitor/main.ts')])],
  ...written(),
] as const;

/** The options that occur, each with where. */
const places = new Map<string, string[]>();
for (const [where, options] of commands) {
  const key = options.join(' ');
  places.set(key, [...(places.get(key) ?? []), where]);
}

test('the scripts that start init are among the commands', () => {
  const found = commands.map(([where]) => where);
  expect(found).toContain('pkg/init/files/usr/lib/kit/stage1/init');
  expect(found).toContain('build/container/start.sh');
});

test.each([...places])("%s uses the cache of Node's own modules", (options, where) => {
  expect(options).not.toBe('');
  const { withCache, without } = compiled(options.split(' '));
  expect({ where, without }).toEqual({ where, without: 0 });
  expect(withCache).toBeGreaterThan(50);
});

test.each(['--expose-gc', '--heap-growing-percent=50'])('%s would void it', (option) => {
  expect(compiled([option])).toMatchObject({ withCache: 0 });
});

test('limits of the heap and collections within a program leave it valid for what is loaded before', () => {
  const heap = JSON.stringify(join(kitRoot, 'lib/process/heap.ts'));
  const script = `
    const { collectGarbage, limitHeapGrowth } = require(${heap});
    const { internalBinding } = require('internal/test/binding');
    const usage = () => internalBinding('builtins').getCacheUsage();
    collectGarbage();
    require('http2');
    const kept = usage().compiledWithoutCache.size;
    const cell = new WeakRef({});
    setImmediate(() => {
      collectGarbage();
      limitHeapGrowth(50);
      require('node:sqlite');
      console.log(JSON.stringify({
        kept, collected: cell.deref() === undefined, exposed: typeof gc, afterLimit: usage().compiledWithoutCache.size,
      }));
    });`;
  const args = ['--expose-internals', '--no-warnings', '-e', script];
  const said: unknown = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(said).toEqual({ kept: 0, collected: true, exposed: 'undefined', afterLimit: 1 });
});
