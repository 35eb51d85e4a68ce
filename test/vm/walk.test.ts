import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { blocksOf } from '../docs/blocks.ts';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { machineNamed, scratch } from '../support/machine.ts';
import { type Result, run } from '../support/run-kit.ts';
import { Debugger } from './debugger.ts';
import { startKit } from './running-kit.ts';

const page = await readFile(join(kitRoot, 'docs/debugging.md'), 'utf8');
const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

/** Runs commands in the folder of the manifest, like a reader of the page. */
const kit = (...args: readonly string[]): Promise<Result> =>
  run(join(kitRoot, 'kit'), args, { cwd: folder.dir });

/** The files that the page tells its reader to write: a bold path followed by a code block. */
const files = blocksOf(page).flatMap(({ file, text }) => (file ? [{ file, text }] : []));

/**
 * The output that the page shows: the lines after `$ COMMAND` up to the next command or the end of the block.
 */
function shown(command: string): string {
  const [, after = ''] = page.split(`\n$ ${command}\n`);
  return after.split(/^(?:\$ |```)/m)[0] ?? '';
}

/** Replaces times and counts, which differ on each run. */
const timeless = (text: string): string =>
  text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME').replace(/\d+ times/, 'N times');

describe('the walkthrough of docs/debugging.md', needsContainers, () => {
  const machine = machineNamed(`test-${process.pid}-walk`);
  let publish: string;
  let port: number;
  const boot = (): Promise<Result> =>
    kit('run', 'container', '--detach', '--name', machine.name, '--publish', publish, 'pages.yml');
  const withMachineName = (text: string): string => text.replaceAll(machine.name, 't1');

  beforeAll(async () => {
    for (const { file, text } of files) {
      await mkdir(dirname(join(folder.dir, file)), { recursive: true });
      // Different bytes in each run, since the cache would otherwise have the package of the previous run.
      await writeFile(join(folder.dir, file), text.replace('No such page', `No such page ${Date.now()}`));
    }
    port = await freePort();
    publish = `${port}:8080`;
  });
  afterAll(() => machine[Symbol.asyncDispose]());

  test('the service exits at boot, and kit run reports it', async () => {
    expect(files.map(({ file }) => file)).toHaveLength(4);
    const { status, stderr } = await boot();
    expect(status, stderr).toBe(1);
    const command = 'kit run --detach --name t1 --publish 8080:8080 pages.yml';
    const expected = shown(command).split('\n');
    for (const start of ['error: ', '(hint: ']) {
      const line = expected.find((one) => one.startsWith(start)) ?? 'not on the page';
      expect(timeless(withMachineName(stderr))).toContain(timeless(line));
    }
  });

  test('the incident has the line, the log the rest, and kit exec fails', async () => {
    const incidents = await kit('incidents', machine.name);
    expect(timeless(incidents.stdout).trim()).toBe(timeless(shown('kit incidents t1')).trim());
    const logs = await kit('logs', '--since', '5m', '--grep', '^pages is', machine.name, 'pages');
    const line = shown("kit logs --since 5m --grep '^pages is' t1 pages").split('\n')[0];
    expect(new Set(logs.stdout.trim().split('\n'))).toEqual(new Set([line]));
    const exec = await kit('exec', machine.name, 'pages', 'node', '-p', 'process.env.PAGES');
    expect(withMachineName(exec.stderr)).toBe(shown('kit exec t1 pages node -p process.env.PAGES'));
  });

  test('after a change of the line, one package is rebuilt', async () => {
    const [, before = '', after = ''] = /^```diff\n-(.*)\n\+(.*)\n```$/m.exec(page) ?? [];
    const path = join(folder.dir, 'pages/routes.ts');
    const text = await readFile(path, 'utf8');
    expect(text.split('\n')).toContain(before);
    await writeFile(path, text.replace(before, after));
    const { status, stderr } = await kit('build', 'pages.yml');
    expect(status, stderr).toBe(0);
    // Steps that take no time are not printed.
    expect((stderr.match(/Build \S+/g) ?? []).filter((what) => what !== 'Build pages')).toEqual([]);
  });

  test('the service runs and stops at a breakpoint in the TypeScript file', async () => {
    expect((await kit('stop', machine.name)).status).toBe(0);
    const { status, stderr } = await boot();
    expect(status, stderr).toBe(0);
    expect(await (await fetch(`http://127.0.0.1:${port}/about`)).text()).toBe(
      shown('curl localhost:8080/about'),
    );
    expect((await kit('incidents', machine.name)).stdout).toBe('No incidents.\n');
    const source = ['--source', join(folder.dir, 'pages')];
    const door = await startKit<{ url: string }>(
      'debug',
      '--port',
      '0',
      '--json',
      ...source,
      machine.name,
      'pages',
    );
    try {
      using one = await Debugger.connect(door.output.url);
      await one.breakAt('main.ts', 8);
      const answer = fetch(`http://127.0.0.1:${port}/about`);
      const paused = await one.paused();
      expect([await one.evaluate(paused, 'request.url'), await one.evaluate(paused, 'routes.size')]).toEqual([
        '/about',
        2,
      ]);
      await one.call('Debugger.resume');
      expect((await answer).status).toBe(200);
    } finally {
      await door.end();
    }
  });
});
