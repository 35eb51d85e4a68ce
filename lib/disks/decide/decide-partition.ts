import { type DiskConfig, partitionName } from '../../bundle/disks.ts';
import { describeContent, type ProbedDevice } from '../observe/content.ts';
import { isWanted } from './is-wanted.ts';
import type { Step } from './step.ts';
import { DiskTrouble } from './trouble.ts';

/**
 * What has to be done before the device is there that is to hold the file system (or, encrypted, what holds
 * it). Pure.
 * @param partitions of the disk
 * @returns the name of a partition that is there and is the one, or undefined: the first of the new table, or
 * the device itself without `partition`
 * @throws DiskTrouble for a device that holds something else
 */
export function decidePartition(
  device: ProbedDevice,
  partitions: readonly ProbedDevice[],
  wanted: Pick<DiskConfig, 'name' | 'partition' | 'encrypt' | 'fileSystem' | 'grow' | 'wipe'>,
): { readonly steps: readonly Step[]; readonly partition: string | undefined } {
  const used = [device, ...partitions].find(({ usedBy }) => usedBy !== undefined);
  if (used) throw new DiskTrouble(`${used.path} is ${used.usedBy}`);
  if (!wanted.partition) return { steps: [], partition: undefined };
  const { content, path } = device;
  if (content.kind === 'unreadable') throw new DiskTrouble(`${path} cannot be read: ${content.why}`);
  const found = wantedPartition(device, partitions, wanted);
  if (found) {
    const grows = wanted.grow && partitions.length === 1 && !device.readOnly;
    return { steps: grows ? [{ do: 'grow table', device: path }] : [], partition: found.name };
  }
  const isEmpty = content.kind === 'nothing';
  if (!isEmpty && !wanted.wipe)
    throw new DiskTrouble(`${path} holds ${describeTable(device, partitions)}, and stays as it is`);
  if (device.readOnly) throw new DiskTrouble(`${path} is read-only, and cannot get a partition table`);
  const swap = wanted.fileSystem.type === 'swap' && !wanted.encrypt;
  const make = { do: 'make table', device: path, name: partitionName(wanted.name), swap } as const;
  return { steps: isEmpty ? [make] : [{ do: 'wipe', device: path }, make], partition: undefined };
}

/** That with our name; or the only one that holds what was asked for, whoever made its table. */
function wantedPartition(
  { content }: ProbedDevice,
  partitions: readonly ProbedDevice[],
  wanted: Pick<DiskConfig, 'name' | 'encrypt' | 'fileSystem'>,
): ProbedDevice | undefined {
  if (content.kind !== 'table') return undefined;
  const [named, ...others] = partitions.filter((one) => one.partitionName === partitionName(wanted.name));
  if (named && others.length === 0) return named;
  const [fitting, ...more] = partitions.filter(({ content: held }) => isWanted(held, wanted));
  return more.length === 0 ? fitting : undefined;
}

/** `a partition table (gpt) with vdb1: vfat "EFI"` */
function describeTable({ content }: ProbedDevice, partitions: readonly ProbedDevice[]): string {
  const shown = partitions.slice(0, 4).map((one) => `${one.name}: ${describeContent(one.content)}`);
  return shown.length === 0
    ? describeContent(content)
    : `${describeContent(content)} with ${shown.join(', ')}`;
}
