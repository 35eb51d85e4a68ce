import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  readFileSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makingLabel } from '../../lib/bundle/disks.ts';
import { writeInOrder } from '../../lib/disks/act/raw-disk.ts';
import type { Step } from '../../lib/disks/decide/step.ts';
import { performStep } from '../../lib/disks/perform-step.ts';
import { prepareDisk } from '../../lib/disks/prepare-disk.ts';
import { lastLine } from '../../lib/disks/run-program.ts';
import { gptEntry, gptSectors, guidBytes, linuxTypes } from '../../lib/volumes/gpt.ts';
import { needsRoot } from '../support/needs.ts';
import { DiskWorld, deviceAt, MiB, wanted } from './disk-world.ts';

let world: DiskWorld;

beforeAll(async () => {
  world = await DiskWorld.make();
}, 600_000);
afterAll(() => world.remove());
beforeEach(() => {
  world.lines.length = 0;
});

async function digest(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** CAP_SYS_RESOURCE, which roots of containers may lack (include/uapi/linux/capability.h: 24). */
const mayGrowExt4 =
  ((BigInt(`0x${/^CapEff:\s+(\w+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]}`) >> 24n) & 1n) ===
  1n;

describe('an empty disk', needsRoot('loop devices'), () => {
  test.each(['ext4', 'xfs', 'btrfs'] as const)('gets %s once, and is then only mounted', async (type) => {
    await using disk = await world.newDisk();
    const config = wanted(disk, {
      fileSystem: { type, label: 'data' },
      volumes: [{ name: 'db', uid: 70, gid: 71, mode: 0o700 }],
    });
    await world.boot(config, (target) => writeFileSync(join(target, 'volumes/db/kept'), 'yes'));
    expect(world.formats()).toEqual([`${disk.path}: is formatted as ${type}`]);
    expect(await world.contentOf(disk.path)).toMatchObject({ type, label: 'data' });
    const kept = await world.boot(config, (target) => readFileSync(join(target, 'volumes/db/kept'), 'utf8'));
    expect([kept, world.formats()]).toEqual(['yes', []]);
    const again = world.boot(
      wanted(disk, { fileSystem: { type: type === 'xfs' ? 'ext4' : 'xfs', label: 'data' } }),
      () => {},
    );
    await expect(again).rejects.toThrow(`${disk.path} holds ${type} "data", not `);
  });

  test('gets a table that sfdisk finds right, and that grows with the disk', async () => {
    await using disk = await world.newDisk(64 * MiB);
    // The table alone: kernels without EFI_PARTITION show no partitions.
    const perform = async (step: Step): Promise<void> => {
      await performStep(step, deviceAt(disk.path), world.engine);
      const verified = await world.run('sfdisk', ['--verify', disk.path]);
      expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('No errors')]);
    };
    await perform({ do: 'make table', device: disk.path, name: 'kit:data', swap: false });
    expect(await world.contentOf(disk.path)).toEqual({ kind: 'table', table: 'gpt' });
    await perform({ do: 'grow table', device: disk.path });
    await disk.grow(96 * MiB);
    await perform({ do: 'grow table', device: disk.path });
    const { partitions } = JSON.parse(
      (await world.run('sfdisk', ['--json', disk.path])).stdout,
    ).partitiontable;
    expect(partitions).toMatchObject([{ start: 2048, size: (94 * MiB) / 512, name: 'kit:data' }]);
    // A copy that was cut off is made anew.
    const file = await open(disk.path, 'r+');
    await file.write(Buffer.alloc(512, 1), 0, 512, 512);
    await file.close();
    await perform({ do: 'grow table', device: disk.path });
    expect(world.lines).toEqual([
      `${disk.path}: gets a partition table`,
      `${disk.path}: the partition grows by 32 MiB`,
    ]);
  });

  const growing = ['xfs', 'btrfs', ...(mayGrowExt4 ? ['ext4' as const] : [])] as const;
  test.each(growing)('gets %s, which grows with the disk', async (type) => {
    await using disk = await world.newDisk();
    const config = wanted(disk, { grow: true, fileSystem: { type, label: 'data' } });
    const bytes = (target: string): number => statfsSync(target).blocks * statfsSync(target).bsize;
    const before = await world.boot(config, (target) => {
      writeFileSync(join(target, 'kept'), 'yes');
      return bytes(target);
    });
    await disk.grow(700 * MiB);
    const after = await world.boot(config, (target) => [
      bytes(target),
      readFileSync(join(target, 'kept'), 'utf8'),
    ]);
    expect(after).toEqual([expect.any(Number), 'yes']);
    expect(Number(after[0]) - before).toBeGreaterThan(250 * MiB);
  });

  test('with a small btrfs, which the kernel does not grow, is mounted at each boot', async () => {
    await using disk = await world.newDisk(128 * MiB);
    const config = wanted(disk, { grow: true, fileSystem: { type: 'btrfs', label: 'data' } });
    const stays = `${disk.path}: its btrfs stays as large as it is: one below 256 MiB does not grow`;
    await world.boot(config, (target) => writeFileSync(join(target, 'kept'), 'yes'));
    expect(world.lines).not.toContain(stays);
    await disk.grow(200 * MiB);
    await world.boot(config, (target) => expect(readFileSync(join(target, 'kept'), 'utf8')).toBe('yes'));
    expect(world.lines).toContain(stays);
    await disk.grow(300 * MiB);
    const bytes = await world.boot(config, (target) => statfsSync(target).blocks * statfsSync(target).bsize);
    expect(bytes).toBe(300 * MiB);
  });

  test('gets a table of which nothing is seen before it is whole', async () => {
    await using disk = await world.newDisk(64 * MiB);
    const size = { sectorBytes: 512, sectors: (64 * MiB) / 512 };
    const [type, guid] = [guidBytes(linuxTypes.data), Buffer.alloc(16, 7)];
    const entry = gptEntry({ type, guid, name: 'kit:data', first: 2048, last: 4095 });
    const { mbr, primary, backup } = gptSectors({ ...size, diskGuid: guid, entries: [entry] });
    const at = (sector: number, bytes: Buffer) => ({ at: sector * 512, bytes });
    // Writes in the order of `writeTable`, cut after each.
    for (const write of [
      at(backup.entriesAt, backup.entries),
      at(backup.headerAt, backup.header),
      at(primary.entriesAt, primary.entries),
      at(primary.headerAt, primary.header),
    ]) {
      await using file = await open(disk.path, 'r+');
      await writeInOrder(file, [[write]]);
      expect(await world.contentOf(disk.path)).toEqual({ kind: 'nothing' });
    }
    await using file = await open(disk.path, 'r+');
    await writeInOrder(file, [[at(0, mbr)]]);
    expect(await world.contentOf(disk.path)).toEqual({ kind: 'table', table: 'gpt' });
    // While it grows, either copy may be the damaged one.
    for (const copy of [primary, backup]) {
      await writeInOrder(file, [[at(copy.entriesAt, Buffer.alloc(512, 1))]]);
      expect(await world.contentOf(disk.path)).toEqual({ kind: 'table', table: 'gpt' });
      await writeInOrder(file, [[at(copy.entriesAt, copy.entries)]]);
    }
  });

  test('gets swap', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await performStep(
      { do: 'make swap', device: disk.path, label: 'swap' },
      deviceAt(disk.path),
      world.engine,
    );
    expect(await world.contentOf(disk.path)).toMatchObject({ type: 'swap', label: 'swap' });
  });
});

describe('a disk', needsRoot('loop devices'), () => {
  test.each(['ext4', 'xfs', 'btrfs'])('with an unfinished %s is formatted anew', async (type) => {
    await using disk = await world.newDisk();
    const made = await world.run(`mkfs.${type}`, ['-q', '-L', makingLabel, disk.path]);
    expect(made.status, made.stderr).toBe(0);
    await world.boot(wanted(disk), () => {});
    expect(world.formats()).toEqual([
      `${disk.path}: what it holds is wiped`,
      `${disk.path}: is formatted as ext4`,
    ]);
    expect(await world.contentOf(disk.path)).toMatchObject({ type: 'ext4', label: 'data' });
  });

  test('of somebody else is refused, and stays as it is; wipe takes it', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await world.run('mkfs.ext4', ['-q', '-L', 'theirs', disk.path]);
    const before = await digest(disk.file);
    for (const partition of [undefined, { table: 'gpt' } as const]) {
      const config = wanted(disk, partition && { partition });
      await expect(world.boot(config, () => {})).rejects.toThrow(`${disk.path} holds ext4 "theirs"`);
    }
    expect(await digest(disk.file)).toBe(before);
    await world.boot(wanted(disk, { wipe: true }), () => {});
    expect(await world.contentOf(disk.path)).toMatchObject({ label: 'data' });
  });

  test('that fails its check is not mounted', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await world.boot(wanted(disk), () => {});
    // Without its root folder: e2fsck -p mends small things only.
    for (const request of ['clri <2>', 'set_super_value state 2'])
      await world.run('debugfs', ['-w', '-R', request, disk.path]);
    await expect(world.boot(wanted(disk), () => {})).rejects.toThrow(
      `${disk.path} fails its check and is not mounted`,
    );
    expect(existsSync(join(world.engine.root, 'var/data/lost+found'))).toBe(false);
  });

  test('that is missing, or in use, is named', async () => {
    await using disk = await world.newDisk(64 * MiB);
    const missing = wanted(disk, { match: { serial: 'gone' } });
    await expect(world.boot(missing, () => {})).rejects.toThrow('no disk has serial "gone"');
    await world.boot(wanted(disk), async (target) => {
      await expect(prepareDisk(wanted(disk), new Set(), world.engine)).rejects.toThrow(
        `${disk.path} is mounted on ${target}`,
      );
    });
    const taken = prepareDisk(wanted(disk), new Set([disk.path]), world.engine);
    await expect(taken).rejects.toThrow(`${disk.path} is the disk of an earlier entry`);
  });

  // A loop device fails to read what its file does not have any more.
  test.each([
    ['beginning', 0],
    ['end', 32 * MiB],
  ])('whose %s cannot be read, is not taken for an empty one, not even with wipe', async (_where, bytes) => {
    await using disk = await world.newDisk(64 * MiB);
    truncateSync(disk.file, bytes);
    for (const wipe of [false, true])
      await expect(world.boot(wanted(disk, { wipe }), () => {})).rejects.toThrow(
        `${disk.path} cannot be read: EIO`,
      );
    expect(world.formats()).toEqual([]);
    expect(statSync(disk.file).size).toBe(bytes);
  });

  test('that is full, is named, and mounted', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await world.boot(wanted(disk), (target) => {
      try {
        writeFileSync(join(target, 'large'), Buffer.alloc(64 * MiB, 1));
      } catch {}
    });
    await expect(world.boot(wanted(disk), () => {})).rejects.toThrow(
      `${disk.path} is full: 0 of 0.1 GiB are free`,
    );
  });

  test('that is read-only, is named, and mounted so', async () => {
    await using disk = await world.newDisk(64 * MiB);
    await world.boot(wanted(disk), () => {});
    const { stdout } = await world.run('losetup', ['--find', '--show', '--read-only', disk.file]);
    const path = lastLine(stdout);
    try {
      await expect(world.boot(wanted({ path }), () => {})).rejects.toThrow(
        `${path} is read-only, and mounted so`,
      );
      expect(world.lines).toContain(`disk "data": ${path} is mounted on /var/data`);
      expect(world.formats()).toEqual([]);
    } finally {
      await world.run('losetup', ['--detach', path]);
    }
  });
});
