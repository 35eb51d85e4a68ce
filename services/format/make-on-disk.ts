import { closeSync, constants, openSync } from 'node:fs';
import { makeFileSystem } from '../../lib/disks/act/file-systems.ts';
import { flushDevice } from '../../lib/disks/act/raw-disk.ts';
import { partitionPath, writeOnePartition } from '../../lib/disks/programs/partition-table.ts';
import { type RunProgram, succeed } from '../../lib/disks/run-program.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { blockDeviceBytes, sectorBytesOf } from '../../lib/linux/mount/block-device.ts';
import { attachLoop } from '../../lib/linux/mount/loop.ts';
import type { FormatSettings } from './arguments.ts';
import { partitionSpan } from './partition-span.ts';

/**
 * Makes the file system, and then the partition table: until the table is there the disk passes for empty,
 * so a machine that loses its power meanwhile starts anew at its next boot. @throws KitError
 */
export async function makeOnDisk(
  device: string,
  { type, label, table }: FormatSettings,
  { run, say }: { readonly run: RunProgram; say(line: string): void },
): Promise<void> {
  const { bytes, sectorBytes } = sizeOf(device);
  const part = partitionSpan(bytes, table, device);
  await succeed(run, `remove what "${device}" holds`, ['wipefs', '--all', '--quiet', device]);
  const loop = attachLoop(device, { writable: true, part, sectorBytes });
  try {
    await succeed(run, `remove what "${device}" holds`, ['wipefs', '--all', '--quiet', loop.device]);
    await makeFileSystem(loop.device, type, run, label ?? '');
  } finally {
    loop.close();
  }
  await flushDevice(device);
  await writeOnePartition(device, table, part, run);
  say(`made ${type}${label === undefined ? '' : ` "${label}"`} on ${partitionPath(device, 1)}`);
}

/** For nobody else: a disk that is mounted, or used otherwise, is refused. @throws KitError */
function sizeOf(device: string): { bytes: number; sectorBytes: number } {
  let fd: number;
  try {
    fd = openSync(device, constants.O_RDWR | constants.O_EXCL);
  } catch (thrown) {
    throw new KitError(`Cannot format "${device}": ${reasonOf(thrown)}`, { cause: thrown });
  }
  try {
    return { bytes: blockDeviceBytes(fd, device), sectorBytes: sectorBytesOf(fd, device) };
  } finally {
    closeSync(fd);
  }
}
