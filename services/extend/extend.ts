import type { MountedType } from '../../lib/bundle/disks.ts';
import { growUnmounted } from '../../lib/disks/act/grow-unmounted.ts';
import { describeContent } from '../../lib/disks/observe/content.ts';
import { type Disk, listDisks } from '../../lib/disks/programs/block-devices.ts';
import { contentOf } from '../../lib/disks/programs/content-of.ts';
import {
  growPartition,
  isLinuxPartition,
  readPartitionTable,
  type TablePartition,
} from '../../lib/disks/programs/partition-table.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { ExtendSettings } from './arguments.ts';

export interface ExtendTools {
  readonly run: RunProgram;
  say(line: string): void;
  /** The machine's disks; others for tests. */
  readonly disks?: () => Disk[];
}

/**
 * Grows the only partition of each disk, and the file system in it, to the end of the disk. Both are grown
 * each time: after a power cut between the two the file system catches up. @throws KitError
 */
export async function extend(settings: ExtendSettings, tools: ExtendTools): Promise<void> {
  const { type, stopOnError, devices } = settings;
  for (const device of devices ?? (tools.disks ?? listDisks)().map(({ path }) => path)) {
    try {
      tools.say(`${device}: ${await extendDisk(device, type, devices !== undefined, tools.run)}`);
    } catch (thrown) {
      if (stopOnError) throw thrown;
      tools.say(reasonOf(thrown));
    }
  }
}

/** What was done, or why nothing was. */
async function extendDisk(
  device: string,
  type: MountedType,
  isNamed: boolean,
  run: RunProgram,
): Promise<string> {
  const table = await readPartitionTable(device, run);
  const partition = table?.partitions[0];
  const reason = reasonAgainst(table?.partitions ?? []);
  if (reason !== undefined || !partition) {
    if (isNamed) throw new KitError(`Cannot extend "${device}": ${reason}`);
    return `left as it is: ${reason}`;
  }
  const content = await contentOf(partition.node, run);
  if (content.kind !== 'file system' || content.type !== type) {
    const what = describeContent(content);
    throw new KitError(`Cannot extend "${partition.node}": it holds ${what}, not ${type}`);
  }
  await growPartition(device, 1, run);
  const grown = (await readPartitionTable(device, run))?.partitions[0]?.size ?? 0;
  const fills = await growUnmounted(partition.node, type, run);
  if (!fills) return `its ${type} stays as large as it is: one below 256 MiB does not grow`;
  const more = (grown - partition.size) * (table?.sectorBytes ?? 512);
  return more > 0 ? `its partition and ${type} have ${more} bytes more` : 'it had its full size';
}

function reasonAgainst([first, ...others]: readonly TablePartition[]): string | undefined {
  if (!first) return 'it has no partition';
  if (others.length > 0) return `it has ${others.length + 1} partitions`;
  return isLinuxPartition(first) ? undefined : `its partition is not for Linux (type ${first.type})`;
}
