import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import { type ToolCommand, toolCommand } from '../../build/tools/command.ts';
import { needsContainers } from '../support/containers.ts';
import { machineNamed, scratch, shell, type TestMachine } from '../support/machine.ts';
import { needsRoot } from '../support/needs.ts';
import { type Result, run } from '../support/run-kit.ts';
import { idMapTools } from '../support/tools.ts';
import { until } from '../support/until.ts';

/**
 * `kit run container` in a user namespace around it, where it has no more privileges than an ordinary user,
 * and the ids that this namespace has.
 */

const folder = await scratch();
afterAll(() => folder[Symbol.asyncDispose]());

const quoted = ({ file, args }: ToolCommand): string => [file, ...args].map((word) => `'${word}'`).join(' ');

/** A namespace without other ids than root. */
const withOneId = async (): Promise<string[]> => ['unshare', '--user', '--map-root-user'];

/** A namespace with many ids, on a host that seems to have newuidmap and /etc/subuid. */
async function withManyIds(): Promise<string[]> {
  const tools = await idMapTools();
  const [bin, etc] = ['bin', 'etc'].map((name) => join(folder.dir, name));
  for (const path of [bin, etc]) mkdirSync(path ?? '', { recursive: true });
  for (const name of ['newuidmap', 'newgidmap']) {
    const script = `#!/bin/sh\nexec ${quoted(toolCommand(tools, name, []))} "$@"\n`;
    writeFileSync(join(bin ?? '', name), script, { mode: 0o755 });
  }
  for (const name of ['subuid', 'subgid']) writeFileSync(join(etc ?? '', name), 'root:1:65535\n');
  const install = [
    `mount -t overlay -o 'lowerdir=${bin}:/usr/bin' overlay /usr/bin`,
    `mount -t overlay -o 'lowerdir=${etc}:/etc' overlay /etc`,
    'exec "$@"',
  ].join(' && ');
  const ids = (flag: string): string[] => [flag, '0:0:1', flag, '1:1000000:65535'];
  const args = [...ids('--map-users'), ...ids('--map-groups'), '--mount', '--propagation', 'slave'];
  const { file, args: all } = toolCommand(await namespaceTools(testWork()), 'unshare', args);
  return [file, ...all, 'sh', '-c', install, 'sh'];
}

const ways = [
  {
    ...{ ids: 'one id', needed: needsContainers, inside: withOneId },
    ...{ user: '0\n0\n0 700\n', owned: '0 0 640\n', setuid: '0 755\n' },
    ...{ volumeMode: '0 0 700\n', volumeUid: 0 },
    notices: [
      'The container has no other user than root, since ',
      '"other" runs as root, not as 999:998: the container does not have these ids',
      '"writer" runs as root, not as 70:71: the container does not have these ids',
    ],
  },
  {
    ...{ ids: 'many ids', needed: needsRoot('a user namespace with many ids'), inside: withManyIds },
    ...{ user: '999\n998\n999 700\n', owned: '70 71 640\n', setuid: '0 4755\n' },
    // Of /etc/subuid, the second line of the namespace around it.
    ...{ volumeMode: '70 71 700\n', volumeUid: 1_000_000 + 69 },
    notices: [],
  },
] as const;

describe.each(ways)('an ordinary user with $ids', (way) => {
  const { ids, needed, inside, user, owned, setuid, notices, volumeMode, volumeUid } = way;
  describe('runs a container', needed, () => {
    const machine = machineNamed(`test-${process.pid}-${ids.replace(' ', '-')}`);
    let started: Result;

    beforeAll(async () => {
      const [disk, source] = [join(folder.dir, `${ids}.img`), join(folder.dir, `${ids} src`)];
      mkdirSync(source);
      writeFileSync(join(source, 'hello'), 'hello\n', { mode: 0o600 });
      const args = [
        ...['run', 'container', '--detach', '--networking', 'none', '--name', machine.name],
        ...['--disk', `${disk},size=1G,serial=kit-data`, '--share', `${source}:src`],
      ];
      const [file = '', ...before] = await inside();
      started = await run(file, [...before, join(kitRoot, 'kit'), ...args, 'test/vm/ordinary-user.yml']);
    });
    afterAll(() => machine[Symbol.asyncDispose]());

    test('which is ready, and says what is different', () => {
      expect(started.status, started.stderr).toBe(0);
      for (const notice of notices) expect(started.stderr).toContain(notice);
      expect(/other user|runs as root/.test(started.stderr)).toBe(notices.length > 0);
    });

    test('whose files and services have the owners that there are', async () => {
      const stat = (format: string, path: string) => shell(machine, `stat -c '${format}' ${path}`);
      expect(await stat('%u %g %a', '/etc/owned')).toBe(owned);
      expect(await stat('%u %a', '/usr/bin/setuid')).toBe(setuid);
      const { stdout } = await run(join(kitRoot, 'kit'), ['logs', machine.name, 'other']);
      expect(stdout).toContain(user);
    });

    test('whose disk is a folder, with the owners that there are', async () => {
      const volume = join(folder.dir, `${ids}.img.folder/volumes/db`);
      expect(await shell(machine, 'cat /run/kit/disks/data/volumes/db/mode')).toBe(volumeMode);
      expect(statSync(dirname(dirname(volume))).mode & 0o777, 'private on the host').toBe(0o700);
      expect(statSync(volume).uid).toBe((process.geteuid?.() ?? 0) + volumeUid);
    });

    test("in which a folder of the host is root's, and the user's on the host", async () => {
      const script = 'cd /run/kit/shares/src && cat hello && stat -c %u hello && echo new >new';
      expect(await shell(machine, script)).toBe('hello\n0\n');
      const made = join(folder.dir, `${ids} src/new`);
      expect(readFileSync(made, 'utf8')).toBe('new\n');
      expect(statSync(made).uid).toBe(process.geteuid?.());
    });

    test('which cannot change the layers', async () => {
      const tries = `for folder in / /run/layers/*; do
        mount -o remount,rw "$folder" 2>/dev/null && echo "remounted $folder"
        mount -o remount,rw,bind "$folder" 2>/dev/null && echo "remounted $folder"
        umount "$folder" 2>/dev/null && echo "unmounted $folder"
        touch "$folder/usr/bin/new" 2>/dev/null && echo "wrote to $folder"
      done; ls -d /run/layers/* | wc -l`;
      expect(Number(await shell(machine, tries))).toBeGreaterThan(3);
    });

    test('which cannot change the devices of the host', async () => {
      const { mode, uid, gid } = statSync('/dev/null');
      const tries =
        'chmod 600 /dev/null 2>/dev/null; chown 999:998 /dev/null 2>/dev/null; stat -c %n /dev/null';
      expect(await shell(machine, tries)).toBe('/dev/null\n');
      expect(statSync('/dev/null')).toMatchObject({ mode, uid, gid });
      expect(uid).toBe(0);
    });

    test('of which nothing is left when its monitor and its launcher are killed', async () => {
      const all = processesOf(machine);
      const owners = all.filter(({ command }) => /monitor-main|launcher-main/.test(command));
      // Stopped first, so that neither reacts to the end of the other.
      for (const signal of ['SIGSTOP', 'SIGKILL'] as const)
        for (const { pid } of owners) process.kill(pid, signal);
      const inside = all.filter(({ command }) => command.includes('init/main.mjs'));
      expect([owners.length, inside.length]).toEqual([2, 1]);
      await until('the end of all processes', () => inside.every(({ pid }) => commandOf(pid) === ''));
    });
  });
});

interface Process {
  readonly pid: number;
  readonly command: string;
}

/** The launcher, whose command line names the machine's folder, and all processes below it. */
function processesOf({ dir }: TestMachine): Process[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const known = new Set(all.filter((pid) => commandOf(pid).includes(dir)));
  for (const pid of all.toSorted((a, b) => a - b)) if (known.has(parentOf(pid))) known.add(pid);
  return [...known].map((pid) => ({ pid, command: commandOf(pid) }));
}

function commandOf(pid: number): string {
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ');
}

const parentOf = (pid: number): number =>
  Number(/^PPid:\s*(\d+)/m.exec(readText(`/proc/${pid}/status`))?.[1]);

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It has ended.
    return '';
  }
}
