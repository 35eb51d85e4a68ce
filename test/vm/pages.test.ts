import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { machinesDir } from '../../build/machine/records/folder.ts';
import { blocksOf, sectionOf } from '../docs/blocks.ts';
import { needsContainers } from '../support/containers.ts';
import { freePort } from '../support/free-port.ts';
import { scratch } from '../support/machine.ts';
import { type Needs, needs } from '../support/needs.ts';
import { type Result, run } from '../support/run-kit.ts';
import { testTools } from '../support/tools.ts';
import { writeWrapper } from '../support/wrapper.ts';

/** Minutes of machines, for which other tests look more closely. */
const onRequest = needs('KIT_ALL_PAGES=1, for machines of minutes', process.env.KIT_ALL_PAGES === '1');

/** What is followed word for word: the files of a page, and the commands below one of its headings. */
const followed: readonly (readonly [page: string, heading: string, needs?: Needs])[] = [
  ['storage.md', 'Disks'],
  ['storage.md', 'In a container', needsContainers],
  ['updates.md', 'A first update', needsContainers],
  ['updates.md', 'The machines of a cluster', needsContainers],
  ['health.md', 'Metrics'],
  ['health.md', 'Liveness', needsContainers],
  ['health.md', 'Watchdog', onRequest],
  ['time.md', 'Watching it', onRequest],
  ['network.md', 'WireGuard', onRequest],
  ['network.md', 'IPv6', onRequest],
  ['storage.md', 'Encryption', onRequest],
  ['storage.md', 'PostgreSQL', onRequest],
  ['storage.md', 'Folders of the host', onRequest],
  ['disk-packages.md', "LinuxKit's packages for disks", onRequest],
];

let folder: Awaited<ReturnType<typeof scratch>>;
let path: string;

beforeAll(async () => {
  folder = await scratch();
  const bin = join(folder.dir, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'kit'), `#!/bin/sh\nexec '${join(kitRoot, 'kit')}' "$@"\n`, { mode: 0o755 });
  await writeWrapper(await testTools(), 'curl', bin);
  path = `${bin}:${process.env.PATH}`;
});
afterAll(() => folder?.[Symbol.asyncDispose]());

/** A reader with a folder and machines of their own. */
class Reader implements AsyncDisposable {
  readonly dir: string;
  readonly #state: string;

  constructor(dir: string) {
    this.dir = dir;
    this.#state = join(dir, '.state');
  }

  async write(file: string, text: string): Promise<void> {
    const target = join(this.dir, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  type(line: string): Promise<Result> {
    const variables = [`PATH=${path}`, `KIT_STATE=${this.#state}`];
    return run('env', [...variables, 'sh', '-c', line], { cwd: this.dir });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const names = await readdir(machinesDir({ KIT_STATE: this.#state })).catch(() => []);
    for (const name of names) await this.type(`kit stop --force ${name}; kit rm --force ${name}`);
  }
}

/** What the page says that a command prints: its comment, where the command is there to print something. */
function promised(line: string): string | undefined {
  const [, command = '', comment] = /^(.*?)(?:\s+# (.+))?$/.exec(line) ?? [];
  return /^(?:kit exec|curl|ls) /.test(command) ? comment : undefined;
}

/** Takes ports of this host, which machines know as 10.0.2.2, that are free in place of those of the page. */
async function withFreePorts(commands: string): Promise<(text: string) => string> {
  const ports = new Map<string, number>();
  for (const [, port = ''] of commands.matchAll(/--publish (\d+):/g)) ports.set(port, await freePort());
  return (text) =>
    text.replace(/(--publish |localhost:|10\.0\.2\.2:)(\d+)/g, (found, before: string, port: string) =>
      ports.has(port) ? `${before}${ports.get(port)}` : found,
    );
}

for (const [at, [page, heading, needed = {}]] of followed.entries())
  describe(`docs/${page}`, needed, () => {
    test(`"${heading}" does what it says`, async () => {
      const markdown = await readFile(join(kitRoot, 'docs', page), 'utf8');
      await using reader = new Reader(join(folder.dir, String(at)));
      await mkdir(reader.dir);
      await symlink(join(kitRoot, 'examples'), join(reader.dir, 'examples'));
      const blocks = blocksOf(sectionOf(markdown, heading)).filter(({ language }) => language === 'sh');
      expect(blocks).not.toEqual([]);
      const commands = blocks.map(({ text }) => text).join('');
      const withPorts = await withFreePorts(commands);
      for (const { file, text } of blocksOf(markdown)) if (file) await reader.write(file, withPorts(text));
      const lines = withPorts(commands).trim().split('\n');
      for (const line of lines) {
        const { status, stdout, stderr } = await reader.type(line);
        expect(status, `${line}\n${stdout}${stderr}`).toBe(0);
        const printed = promised(line);
        if (printed) expect(stdout.trim(), line).toBe(printed);
      }
    });
  });
