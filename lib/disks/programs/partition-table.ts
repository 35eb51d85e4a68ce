import { isObject } from '../../json/is-object.ts';
import { type RunProgram, succeed } from '../run-program.ts';
import { parseWith } from './parse-json.ts';

/** A partition table as sfdisk shows it. Numbers are sectors. */
export interface PartitionTable {
  readonly label: 'gpt' | 'dos';
  readonly sectorBytes: number;
  readonly partitions: readonly TablePartition[];
}

export interface TablePartition {
  /** `/dev/vdb1` */
  readonly node: string;
  readonly start: number;
  readonly size: number;
  /** `83`, or the GUID of a type in upper case. */
  readonly type: string;
}

/** Type of partitions for Linux's file systems: that of an MBR, and that of a GPT. */
export const linuxPartition = { dos: '83', gpt: '0FC63DAF-8483-4772-8E79-3D69D8477DE4' } as const;

export const isLinuxPartition = ({ type }: TablePartition): boolean =>
  type === linuxPartition.dos || type === linuxPartition.gpt;

/** The partition table of a disk; undefined without one. @throws KitError */
export async function readPartitionTable(
  device: string,
  run: RunProgram,
): Promise<PartitionTable | undefined> {
  const { status, stdout, stderr } = await run('sfdisk', ['--json', device]);
  // A file system's boot sector may pass for a table without partitions.
  if (status !== 0 && /does not contain a recognized partition table/.test(stderr)) return undefined;
  if (status === 0) return parsePartitionTable(stdout);
  await succeed(run, `read the partition table of "${device}"`, ['sfdisk', '--json', device]);
  return undefined;
}

/** The output of `sfdisk --json`. @throws KitError */
export function parsePartitionTable(json: string): PartitionTable {
  return parseWith('what sfdisk says', json, ({ partitiontable: table }) => {
    if (!isObject(table)) throw new TypeError('no partition table');
    const { label, sectorsize, partitions = [] } = table;
    if (label !== 'gpt' && label !== 'dos') throw new TypeError(`a table of type "${String(label)}"`);
    if (!Array.isArray(partitions)) throw new TypeError('no list of partitions');
    return {
      label,
      sectorBytes: sectorsize === undefined ? 512 : numberOf(sectorsize),
      partitions: partitions.map(partitionOf),
    };
  });
}

function partitionOf(value: unknown): TablePartition {
  if (!isObject(value) || typeof value.node !== 'string') throw new TypeError('a partition without a name');
  const { node, start, size, type } = value;
  return { node, start: numberOf(start), size: numberOf(size), type: String(type).toUpperCase() };
}

function numberOf(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`"${String(value)}" is not a number of sectors`);
}

/** The device of a disk's partition: `/dev/vdb1`, but `/dev/nvme0n1p1`, since that disk ends in a digit. */
export const partitionPath = (disk: string, number: number): string =>
  `${disk}${/\d$/.test(disk) ? 'p' : ''}${number}`;

/**
 * Writes a new table with one partition for Linux. What lies in the partition stays.
 * @param part in bytes, whole MiB
 * @throws KitError
 */
export async function writeOnePartition(
  device: string,
  label: 'gpt' | 'dos',
  part: { readonly start: number; readonly bytes: number },
  run: RunProgram,
): Promise<void> {
  const row = `start=${part.start >> 20}MiB, size=${part.bytes / 2 ** 20}MiB, type=${linuxPartition[label]}`;
  await succeed(
    run,
    `partition "${device}"`,
    ['sfdisk', '--quiet', '--wipe', 'always', '--wipe-partitions', 'never', device],
    { input: `label: ${label}\n${row}\n` },
  );
}

/**
 * Grows a partition up to the end of its disk, and moves the second copy of a GPT there. Its start and its
 * content stay.
 * @throws KitError
 */
export async function growPartition(device: string, number: number, run: RunProgram): Promise<void> {
  await succeed(
    run,
    `grow partition ${number} of "${device}"`,
    ['sfdisk', '--quiet', '--partno', String(number), device],
    { input: ', +\n' },
  );
}
