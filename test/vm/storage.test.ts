import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { gptEntry, gptSectors, guidBytes, linuxTypes } from '../../lib/volumes/gpt.ts';
import { needsContainers } from '../support/containers.ts';
import { boot, scratch, shell, type TestMachine } from '../support/machine.ts';
import { isRoot } from '../support/needs.ts';
import { kit } from '../support/run-kit.ts';

const MiB = 2 ** 20;
let place: Awaited<ReturnType<typeof scratch>>;
let folder: string;
let machine: TestMachine;
let theirs: string;

beforeAll(async () => {
  place = await scratch();
  folder = place.dir;
  theirs = await foreignDisk();
  const disks = [
    'data.img,size=300M,serial=kit-data',
    'one.img,size=80M',
    'two.img,size=80M',
    'theirs.img,serial=theirs',
    'logs.img,size=304M,serial=kit-logs',
    'swap.img,size=32M,serial=kit-swap',
    'copies.img,size=128M,serial=kit-copies',
  ];
  machine = await boot('test/vm/storage.yml', {
    disks: disks.map((disk) => join(folder, disk)),
    shares: await sharedFolders(),
    allowFailed: true,
  });
}, 600_000);

afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  await place?.[Symbol.asyncDispose]();
});

/** A disk with a partition table that kit has not made. @returns the digest of what is on it */
async function foreignDisk(): Promise<string> {
  const guid = Buffer.alloc(16, 7);
  const entry = gptEntry({
    type: guidBytes(linuxTypes.data),
    guid,
    name: 'precious',
    first: 2048,
    last: 4095,
  });
  const { mbr, primary } = gptSectors({
    sectorBytes: 512,
    sectors: (32 * MiB) / 512,
    diskGuid: guid,
    entries: [entry],
  });
  const file = await open(join(folder, 'theirs.img'), 'w');
  await file.writeFile(Buffer.concat([mbr, primary.header, primary.entries]));
  await file.truncate(32 * MiB);
  await file.close();
  return digest('theirs.img');
}

/** Folders with links out of them, beside a file that is nobody's business. */
async function sharedFolders(): Promise<string[]> {
  await writeFile(join(folder, 'secret'), 'secret\n');
  for (const name of ['src', 'fixed', 'once']) {
    const dir = join(folder, name);
    await mkdir(join(dir, 'sub'), { recursive: true });
    await writeFile(join(dir, 'hello'), `hello from ${name}\n`);
    for (const [link, target] of [
      ['absolute', join(folder, 'secret')],
      ['relative', '../secret'],
      ['folder', folder],
      ['root', '/'],
    ] as const)
      await symlink(target, join(dir, link));
  }
  return ['src:src', 'fixed:fixed,ro', 'once:once'].map((share) => join(folder, share));
}

async function digest(name: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, name)), hash);
  return hash.digest('hex');
}

const MiBOf = async (mount = '/var/data'): Promise<number> =>
  Number((await shell(machine, `df -m ${mount} | awk 'NR == 2 {print $2}'`)).trim());

test('an empty disk is formatted and mounted, and holds the volume of a service', async () => {
  expect(await shell(machine, 'grep " /var/data " /proc/mounts')).toMatch(
    /^\/dev\/\w+1 \/var\/data ext4 rw,nosuid,nodev/,
  );
  expect(await shell(machine, 'cat /var/data/volumes/db/boots')).toBe('boot\n');
  expect(await MiBOf()).toBeLessThan(300);
  expect(await shell(machine, 'grep " /var/logs " /proc/mounts')).toMatch(/^\/dev\/\w+ \/var\/logs xfs rw,/);
  const swaps = await shell(machine, 'cat /proc/swaps');
  expect(swaps).toMatch(/\/\w+\s+partition\s+327\d\d\s/);
  // Of 16 MiB, less the header, and less pages that no single extent of the file holds.
  expect(swaps).toMatch(/swapfile\s+file\s+163\d\d\s/);
  expect(await shell(machine, 'grep " /var/copies " /proc/mounts')).toMatch(/ btrfs rw,/);
  expect(await MiBOf('/var/copies')).toBe(128);
  expect(await shell(machine, 'echo kept | tee /var/logs/kept >/var/copies/kept && sync')).toBe('');
  expect(await machine.console()).toMatch(/disks: disk "data": \/dev\/\w+1 is mounted on \/var\/data/);
});

/** With the shell of the service that has the folders. */
async function edit(script: string): Promise<string> {
  const { stdout, stderr } = await kit('exec', machine.name, 'editor', '/usr/bin/sh', '-c', script);
  return stdout + stderr;
}

test('a folder of the host is a volume: both see what the other writes', async () => {
  expect(await edit('cat /src/hello /fixed/hello /once/hello')).toBe(
    'hello from src\nhello from fixed\nhello from once\n',
  );
  expect(await edit('echo of the machine >/src/new && mkdir /src/sub/deep && mv /src/new /src/sub')).toBe('');
  expect(await readFile(join(folder, 'src/sub/new'), 'utf8')).toBe('of the machine\n');
  await writeFile(join(folder, 'src/later'), 'of the host\n');
  expect(await edit('cat /src/later')).toBe('of the host\n');
  expect(await machine.console()).toContain('share "src" is mounted on /run/kit/shares/src over virtiofs');
});

test('a folder that is shared "ro" cannot be changed, whatever root does in the machine', async () => {
  const tries = `cd /run/kit/shares/fixed && mount -o remount,rw . && mount -t virtiofs fixed /mnt && cd /mnt
    for change in 'touch new' 'rm hello' 'mv hello x' 'chmod 700 hello' 'mkdir x' 'ln -s x y' 'ln hello z' \\
      'sh -c "echo x >hello"' 'sh -c "echo x >>hello"' 'touch hello' 'mknod p p'; do
      eval "$change" 2>/dev/null && echo "$change"
    done; umount /mnt 2>/dev/null; cat hello`;
  expect(await shell(machine, tries)).toBe('hello from fixed\n');
  expect((await readdir(join(folder, 'fixed'))).sort()).toEqual(
    ['absolute', 'folder', 'hello', 'relative', 'root', 'sub'].sort(),
  );
  // Only in the machine.
  expect(await edit('touch /once/new')).toContain('Read-only file system');
});

test('links lead nowhere on the host, and devices cannot be made', async () => {
  const look = `cd /run/kit/shares/src
    ln -s ${folder}/secret made; ln -s ../../../../../../..${folder}/secret up
    cat absolute relative made up folder/secret root${folder}/secret sub/../../secret 2>&1
    ls ../../shares; mknod null c 1 3 2>&1; mknod disk b 8 0 2>&1`;
  const seen = await shell(machine, look);
  expect(seen.match(/No such file/g)).toHaveLength(7);
  expect(seen).not.toContain('secret\n');
  expect(seen.match(/mknod: .*Operation not permitted/g)).toHaveLength(2);
  // The target of a link is not followed by the host either when the machine writes to it.
  await shell(machine, 'cd /run/kit/shares/src && echo x >absolute; echo x >relative; echo x >made');
  expect(await readFile(join(folder, 'secret'), 'utf8')).toBe('secret\n');
});

test('two disks that match, and one of somebody else, are lines of an incident, and stay as they are', async () => {
  const [incident] = await machine.incidents('disks');
  expect(incident?.what).toBe('exit status 10');
  const said = incident?.lines.map(({ message }) => message).join('\n');
  expect(said).toMatch(
    /^disk "twins": 2 devices match, and none is touched: \/dev\/\w+ and \/dev\/\w+ \(size of /m,
  );
  expect(said).toMatch(
    /^disk "theirs": \/dev\/\w+ holds a partition table \(gpt\), not ext4 "theirs", and stays as it is$/m,
  );
  expect(said).toMatch(/^volume "gone": no share has the tag "gone"/m);
  expect(await digest('theirs.img')).toBe(theirs);
  // Its service has no folder to write to, and does not start.
  expect((await machine.service('loser')).state).toBe('failed');
});

test('the second boot only mounts, with all that was written before the power was cut; a grown disk has grown', async () => {
  await machine.cutPower();
  await truncate(join(folder, 'data.img'), 600 * MiB);
  await truncate(join(folder, 'copies.img'), 400 * MiB);
  // It runs on without the disks that are not as asked for.
  await expect(machine.start()).rejects.toThrow('disks failed: exit status 10');
  const boots = (): Promise<string> => shell(machine, 'cat /var/data/volumes/db/boots');
  await machine.until('two boots in the volume', boots, (text) => text === 'boot\nboot\n');
  expect(await MiBOf()).toBeGreaterThan(500);
  expect(await MiBOf('/var/copies')).toBe(400);
  expect(await shell(machine, 'cat /var/logs/kept /var/copies/kept')).toBe('kept\nkept\n');
  const second = (await machine.console()).split(/^kit: mounts /m).at(-1);
  expect(second).not.toContain('is formatted');
  expect(second).toContain('the partition grows by 300 MiB');
  expect(await edit('cat /src/hello')).toBe('hello from src\n');
});

test('what is deleted is given back to the file of the disk', async () => {
  const usedMiB = async (): Promise<number> => ((await stat(join(folder, 'data.img'))).blocks * 512) / MiB;
  expect(await shell(machine, 'dd if=/dev/urandom of=/var/data/large bs=1M count=64 2>&1 && sync')).toMatch(
    /64\+0/,
  );
  const before = await usedMiB();
  expect(before).toBeGreaterThan(64);
  // What the supervisor starts once a week.
  const trim = `rm /var/data/large && sync && node ${guestPaths.trim} /var/data /var`;
  expect(await shell(machine, trim)).toMatch(/^trim: \/var\/data: \d+\.\d MiB hold nothing\n$/);
  expect(await usedMiB()).toBeLessThan(before - 50);
});

test('a machine that is powered off leaves its disk clean, with the swap file on it', async () => {
  await machine.stop();
  const data = await open(join(folder, 'data.img'));
  const { buffer } = await data.read(Buffer.alloc(1024), 0, 1024, MiB + 1024);
  await data.close();
  // The superblock of ext4: its magic, and in s_feature_incompat whether its journal has to be read.
  const needsRecovery = 4;
  expect([buffer.readUInt16LE(0x38), buffer.readUInt32LE(0x60) & needsRecovery]).toEqual([0xef53, 0]);
});

describe('in a container', needsContainers, () => {
  const start = (name: string): Promise<TestMachine> =>
    boot('test/vm/storage.yml', {
      ...{ backend: 'container', name: `test-${process.pid}-${name}`, allowFailed: true },
      disks: ['data.img,size=300M,serial=kit-data', 'one.img,size=80M'].map((disk) =>
        join(folder, 'c', disk),
      ),
      shares: ['src:src', 'fixed:fixed,ro', 'once:once'].map((share) => join(folder, share)),
    });
  let contained: TestMachine;
  beforeAll(async () => {
    contained = await start('folders');
  }, 600_000);
  afterAll(() => contained?.[Symbol.asyncDispose]());

  test('a folder of the host stands for a disk', async () => {
    const db = join(folder, 'c/data.img.folder/volumes/db');
    // Read as the container's root: on the host, only the user may who owns it in the container.
    const boots = (): Promise<string> => shell(contained, 'cat /var/data/volumes/db/boots');
    await contained.until('a boot in the volume', boots, (text) => text === 'boot\n');
    const { uid, gid } = await stat(db);
    if (isRoot) expect([uid, gid]).toEqual([70, 70]);
    else expect(uid).not.toBe(process.geteuid?.());
    const said = (await contained.incidents('disks')).flatMap(({ lines }) =>
      lines.map(({ message }) => message),
    );
    const wanted = [
      expect.stringMatching(
        /^disk "twins": a container has no disk with size of .*: a folder of the host stands/,
      ),
      'disk "theirs": no disk has serial "theirs"',
      'volume "gone": no share has the tag "gone"',
    ];
    expect(said).toEqual(expect.arrayContaining(wanted));
    await kit('reboot', contained.name, '--allow-failed');
    await contained.until('two boots in the volume', boots, (text) => text === 'boot\nboot\n');
  });

  test('only one container at a time has it', async () => {
    await expect(start('second')).rejects.toThrow('another container uses it');
  });

  test('folders of the host are bound', async () => {
    const look = `cd /run/kit/shares && cat src/hello fixed/hello && stat -c %u src/hello
      echo of the container >src/contained; touch fixed/new once/new
      mount -o remount,rw fixed; mount -o remount,rw,bind fixed; touch fixed/new
      cat src/absolute src/relative src/folder/secret src/root${folder}/secret`;
    const seen = await shell(contained, `(${look}) 2>&1`);
    expect(seen).toMatch(/^hello from src\nhello from fixed\n0\n/);
    expect(seen.match(/Read-only file system/g)?.length).toBeGreaterThanOrEqual(3);
    expect(seen.match(/No such file/g)).toHaveLength(4);
    expect(await readFile(join(folder, 'src/contained'), 'utf8')).toBe('of the container\n');
    expect((await stat(join(folder, 'src/contained'))).uid).toBe(process.geteuid?.());
    expect((await readdir(join(folder, 'fixed'))).includes('new')).toBe(false);
  });
});
