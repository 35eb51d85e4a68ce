import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tarBytes, textEntry } from '../../lib/archive/tar.ts';
import type { RunRequest } from '../backend/request/request.ts';
import { testRequest } from '../backend/testing/request.ts';
import type { Context } from '../host/context.ts';
import { testContext } from '../host/testing.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { bootSector, copyingSector, efiProgram } from '../media/testing/boot.ts';
import { testWork } from '../testing.ts';
import { runTool } from '../tools/command.ts';
import { type Tools, toolsTree } from '../tools/tree.ts';
import { prepareMachine } from './prepare.ts';
import { startMonitor } from './start-monitor.ts';

/** Tiny images of every kind are found, prepared and booted by kit's own QEMU. */
const work = testWork({ arch: 'amd64' });
let tools: Tools;
let dir: string;
let context: Context;

beforeAll(async () => {
  tools = await toolsTree(work);
  dir = await mkdtemp(join(tmpdir(), 'kit-media-'));
  const env = { KIT_STATE: join(dir, 'state') };
  context = testContext({ cwd: dir, env, signal: work.signal });
  await writeImages();
}, 600_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

async function writeImages(): Promise<void> {
  const disk = Buffer.concat([bootSector('from a disk\n')], 512);
  const padded = Buffer.concat([disk, Buffer.alloc((4 << 20) - disk.length)]);
  const raw = join(dir, 'web-bios.img');
  await writeFile(raw, padded);
  for (const [name, ...options] of [
    ['b.qcow2', 'qcow2'],
    ['c.vmdk', 'vmdk', '-o', 'subformat=streamOptimized'],
    ['d.vhd', 'vpc', '-o', 'subformat=fixed'],
    ['e.vhd', 'vpc', '-o', 'subformat=dynamic'],
  ] as const)
    await runTool(tools, 'qemu-img', ['convert', '-f', 'raw', '-O', ...options, raw, join(dir, name)], work);
  const pieces: Uint8Array[] = [];
  for await (const piece of tarBytes([textEntry('disk.raw', padded)])) pieces.push(piece);
  await writeFile(join(dir, 'f.img.tar.gz'), gzipSync(Buffer.concat(pieces)));
  await writeFile(join(dir, 'g.efi'), efiProgram('from EFI\n'));
  await writeFile(join(dir, 'cd.bin'), Buffer.concat([bootSector('from a CD\n'), Buffer.alloc(1536)]));
  const boot = ['-b', 'cd.bin', '-no-emul-boot', '-boot-load-size', '4'];
  const iso = ['-as', 'mkisofs', '-quiet', '-o', join(dir, 'h.iso'), ...boot, '-graft-points'];
  await runTool(tools, 'xorriso', [...iso, `cd.bin=${join(dir, 'cd.bin')}`], work);
}

const request = (image: string, change: Partial<RunRequest> = {}): RunRequest =>
  testRequest(image, {
    ...{ arch: 'amd64', cpus: 1, memoryMiB: 128, networking: { kind: 'none' }, accel: 'tcg' },
    ...change,
  });

/** Boots the image until the guest powers off; returns the console's output. */
async function consoleOf(wanted: RunRequest): Promise<string> {
  const machine = await prepareMachine(wanted, context, work);
  const ended = Promise.withResolvers<unknown>();
  const monitor = await startMonitor(machine.dir, (handle) => handle.once('ended', ended.resolve));
  try {
    expect(await ended.promise).toMatchObject({ state: 'stopped', reason: 'powered off' });
    return await readFile(join(machine.dir, machineFiles.console), 'utf8');
  } finally {
    monitor.disconnect();
  }
}

describe('images of every kind boot', () => {
  test.each([
    ['web-bios.img', 'from a disk'],
    ['web', 'from a disk'],
    ['b.qcow2', 'from a disk'],
    ['c.vmdk', 'from a disk'],
    ['d.vhd', 'from a disk'],
    ['e.vhd', 'from a disk'],
    ['f.img.tar.gz', 'from a disk'],
    ['g.efi', 'from EFI'],
    ['h.iso', 'from a CD'],
  ])('%s', { timeout: 300_000 }, async (image, text) => {
    expect(await consoleOf(request(image))).toContain(text);
  });
});

test('the boot disk is written to only with --writable', async () => {
  const path = join(dir, 'copies.img');
  const disk = Buffer.concat([copyingSector('copied\n'), Buffer.alloc(1 << 20)]);
  await writeFile(path, disk);
  expect(await consoleOf(request('copies.img'))).toContain('copied');
  expect((await readFile(path)).equals(disk)).toBe(true);
  const media = { as: undefined, firmware: undefined, writable: true } as const;
  expect(await consoleOf(request('copies.img', { media }))).toContain('copied');
  expect((await readFile(path)).subarray(512, 1024).equals(disk.subarray(0, 512))).toBe(true);
});

test('disks without a path are created in the --state folder, in order', async () => {
  const state = join(dir, 'kept');
  const sized = { path: undefined, format: 'raw', sizeBytes: 1 << 20 } as const;
  const disks = [sized, { ...sized, format: 'qcow2' }] as const;
  expect(await consoleOf(request('web-bios.img', { state, disks }))).toContain('from a disk');
  expect((await readFile(join(state, 'disk0.img'))).length).toBe(1 << 20);
  expect((await readFile(join(state, 'disk1.img'))).toString('latin1', 0, 3)).toBe('QFI');
});
