import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { blocksOf, sectionOf } from '../docs/blocks.ts';
import { needsContainers } from '../support/containers.ts';
import { scratch } from '../support/machine.ts';
import { type Needs, needs } from '../support/needs.ts';
import { Reader, readersPrograms, withFreePorts } from './reader.ts';

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
let bin: string;

beforeAll(async () => {
  folder = await scratch();
  bin = await readersPrograms(folder.dir);
});
afterAll(() => folder?.[Symbol.asyncDispose]());

/** What the page says that a command prints: its comment, where the command is there to print something. */
function promised(line: string): string | undefined {
  const [, command = '', comment] = /^(.*?)(?:\s+# (.+))?$/.exec(line) ?? [];
  return /^(?:kit exec|curl|ls) /.test(command) ? comment : undefined;
}

for (const [at, [page, heading, needed = {}]] of followed.entries())
  describe(`docs/${page}`, needed, () => {
    test(`"${heading}" does what it says`, async () => {
      const markdown = await readFile(join(kitRoot, 'docs', page), 'utf8');
      await using reader = new Reader(join(folder.dir, String(at)), bin);
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
