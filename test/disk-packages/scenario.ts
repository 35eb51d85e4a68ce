import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostArch } from '../../build/host/arch.ts';
import type { MountedType } from '../../lib/bundle/disks.ts';
import { describeContent } from '../../lib/disks/observe/content.ts';
import { contentOf, isBlank } from '../../lib/disks/programs/content-of.ts';
import { makeSwapFile } from '../../lib/disks/programs/swap-file.ts';
import { isUnusedExt4 } from '../../lib/disks/programs/unused-ext4.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { attachLoop } from '../../lib/linux/mount/loop.ts';
import { mount, unmount } from '../../lib/linux/mount/mount.ts';
import { extend } from '../../services/extend/extend.ts';
import { readSettings } from '../../services/format/arguments.ts';
import { format } from '../../services/format/format.ts';
import { mountDevice } from '../../services/mount/mount-device.ts';
import { programsOf } from './programs.ts';

/*
 * What LinuxKit's packages do to disks, which are loop devices here. To be run as root in a mount namespace
 * of its own (`unshare -m`): the mounts and the loop devices end with the process. Prints what it has seen as
 * JSON.
 */
const [treeDir = '', types = ''] = process.argv.slice(2);
const plain = programsOf({ dir: treeDir, hash: '', arch: hostArch });

/** The host's kernel may know no partition tables: it is told what sfdisk has written. */
const run: RunProgram = async (name, args, input) => {
  const result = await plain(name, args, input);
  const device = args.find((word) => word.startsWith('/dev/')) ?? '';
  if (name === 'sfdisk' && input !== undefined && result.status === 0) await tellPartition(device);
  return result;
};

async function tellPartition(device: string): Promise<void> {
  await plain('partx', ['--update', device]);
}

const folder = mkdtempSync(join(tmpdir(), 'kit-disks-'));
mount('tmpfs', folder, 'tmpfs', ['size=1g']);
const seen: Record<string, unknown> = {};

function disk(name: string, mib: number) {
  const file = join(folder, name);
  writeFileSync(file, '', { flag: 'a' });
  truncateSync(file, mib * 2 ** 20);
  const loop = attachLoop(file, { writable: true, partitions: true, sectorBytes: 512 });
  return { ...loop, file, listed: { name, path: loop.device, bytes: mib * 2 ** 20, isReadOnly: false } };
}

/** What a program says, or the error that it ends with, with devices by the names of their disks. */
async function outcome(
  disks: readonly { device: string; listed: { name: string } }[],
  work: (tools: { run: typeof run; say(line: string): void }) => Promise<void>,
): Promise<string> {
  const lines: string[] = [];
  try {
    await work({ run, say: (line) => void lines.push(line) });
  } catch (thrown) {
    lines.push(`error: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  return disks.reduce((text, { device, listed }) => text.replaceAll(device, listed.name), lines.join('\n'));
}

const formatted = (disks: ReturnType<typeof disk>[], args: string) =>
  outcome(disks, (tools) => {
    const words = args
      .split(' ')
      .filter(Boolean)
      .map((word) => disks.find(({ listed }) => listed.name === word)?.device ?? word);
    return format(readSettings(words), { ...tools, disks: () => disks.map(({ listed }) => listed) });
  });

/** Disks of each type: formatted, mounted, filled, grown, mounted again. */
async function lifeOf(type: MountedType, table: string): Promise<unknown> {
  const label = `${type}-${process.pid}`;
  const sizes = type === 'ext4' ? [64, 128] : [320, 640];
  const before = disk(`disk-${type}-${table}`, sizes[0] ?? 0);
  const first = await formatted([before], `-type ${type} -partition ${table} -label ${label}`);
  const again = await formatted([before], `-type ${type} -label ${label} disk-${type}-${table}`);
  const target = join(folder, 'mounted');
  const mounted = () =>
    outcome([before], (tools) =>
      mountDevice(
        { source: { tag: 'LABEL', value: label }, target },
        { ...tools, links: join(folder, 'links') },
      ),
    );
  const mounting = await mounted();
  const fresh = `${before.device}p1`;
  const unused = isUnusedExt4(fresh);
  writeFileSync(join(target, 'file'), 'what is kept');
  const twice = await mounted();
  unmount(target);
  before.close();
  const grown = disk(`disk-${type}-${table}`, sizes[1] ?? 0);
  await tellPartition(grown.device);
  const extending = await outcome([grown], (tools) =>
    extend({ type, stopOnError: true, devices: [grown.device] }, tools),
  );
  const full = await outcome([grown], (tools) =>
    extend({ type, stopOnError: true, devices: [grown.device] }, tools),
  );
  mount(`${grown.device}p1`, target, type);
  const kept = readFileSync(join(target, 'file'), 'utf8');
  unmount(target);
  grown.close();
  return { first, again, mounting, unused, twice: twice.replaceAll(folder, ''), extending, full, kept };
}

async function refusals(): Promise<unknown> {
  const whole = disk('whole', 16);
  await run('mkfs.ext4', ['-q', '-L', 'mine', whole.device]);
  const blank = disk('blank', 16);
  const table = disk('table', 16);
  await run('sfdisk', ['-q', table.device], 'label: gpt\n,4M\n,4M\n');
  const all = [whole, table];
  const result = {
    unused: isUnusedExt4(whole.device),
    blank: [await isBlank(blank.device), await isBlank(whole.device)],
    none: await formatted(all, ''),
    named: await formatted(all, 'whole'),
    absent: await formatted(all, '/dev/not-there'),
    first: await formatted([...all, blank], ''),
    again: await formatted([...all, blank], ''),
    unsigned: await unsigned(),
    forced: await formatted(all, '-force -label new whole'),
  };
  const inUse = join(folder, 'in-use');
  mkdirSync(inUse);
  mount(`${whole.device}p1`, inUse, 'ext4');
  const busy = await formatted(all, '-force whole');
  unmount(inUse);
  return { ...result, busy };
}

/** What plain dm-crypt leaves: no signature, and no zeros. */
async function unsigned(): Promise<string> {
  const one = disk('unsigned', 16);
  writeFileSync(one.device, Buffer.alloc(4096, 0xa5));
  return formatted([one], 'unsigned');
}

/** The power fails before the partition table is written: the next boot starts anew. */
async function cut(): Promise<unknown> {
  const one = disk('cut', 64);
  const failing: typeof run = (name, args, input) =>
    name === 'sfdisk' && input ? Promise.reject(new Error('power')) : run(name, args, input);
  const settings = readSettings(['-label', 'a', one.device]);
  const first = await outcome([one], (tools) => format(settings, { ...tools, run: failing }));
  const between = describeContent(await contentOf(one.device, run));
  const second = await formatted([one], '-label a cut');
  return { first, between, second };
}

async function swapFiles(): Promise<unknown> {
  const on = disk('swap', 64);
  await run('mkfs.ext4', ['-q', on.device]);
  const target = join(folder, 'swap-mounted');
  mkdirSync(target);
  mount(on.device, target, 'ext4');
  const path = join(target, 'swap');
  const make = (bytes: number, file = path) =>
    outcome([], () => makeSwapFile(file, bytes, run)).then((text) => text.replaceAll(target, ''));
  const [made, size] = [await make(2 ** 22), statSync(path).size];
  const same = await make(2 ** 22);
  const [larger, newSize] = [await make(2 ** 23), statSync(path).size];
  writeFileSync(join(target, 'data'), 'x'.repeat(5000));
  const refused = await make(2 ** 22, join(target, 'data'));
  const tooLarge = await make(2 ** 30, join(target, 'more'));
  const holds = describeContent(await contentOf(path, run));
  unmount(target);
  return { made, size, same, larger, newSize, refused, tooLarge, holds };
}

try {
  for (const word of types.split(',')) {
    const [type, table = ''] = word.split(':');
    seen[word] = await lifeOf(type as MountedType, table);
  }
  seen.refusals = await refusals();
  seen.cut = await cut();
  seen.swapFiles = await swapFiles();
  console.log(JSON.stringify(seen));
} finally {
  unmount(folder, { lazy: true });
  rmSync(folder, { recursive: true, force: true });
}
