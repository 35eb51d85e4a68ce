import { stringify } from 'yaml';
import { linuxkitImage } from '../../parts/part-of.ts';
import type { Context } from '../context.ts';
import type { EntryNode } from '../entry.ts';
import { startOf } from '../source.ts';
import { leaveOut } from '../take.ts';
import {
  type FormatCommand,
  formatCommand,
  type MountCommand,
  mountCommand,
  swapCommand,
} from './commands.ts';

/** An item of `disks:` as it is written. */
interface Disk {
  readonly name: string;
  readonly match: object;
  readonly partition?: object;
  readonly filesystem?: object;
  readonly mount: string;
  readonly grow?: true;
  swapFile?: string;
}

/**
 * Turns what `format`, `extend`, `mount` and `swap` do into `disks:`, as far as that says the same. Returns
 * the entries that are no more.
 */
export function takeDisks(context: Context): ReadonlySet<EntryNode> {
  const { rewriter, entries } = context;
  const onboot = entries.filter(({ section }) => section === 'onboot');
  const of = (name: string) => onboot.filter(({ image }) => linuxkitImage(image)?.name === name);
  const formats = of('format').flatMap((entry) => formatCommand(entry) ?? []);
  const taken = new Map<EntryNode, Disk>();
  const disks: Disk[] = [];
  for (const mount of of('mount').flatMap((entry) => mountCommand(entry) ?? [])) {
    const format = formats.find((one) => !taken.has(one.entry) && isOf(one, mount, formats));
    const grow = of('extend').find(
      ({ command = [] }) => command.length <= 1 || command.at(-1) === format?.device,
    );
    const disk = diskOf(format, mount, grow !== undefined && format !== undefined);
    if (!disk) continue;
    disks.push(disk);
    for (const entry of [format?.entry, mount.entry, grow]) if (entry) taken.set(entry, disk);
  }
  for (const swap of of('swap').flatMap((entry) => swapCommand(entry) ?? [])) {
    const disk = disks.find(({ mount }) => swap.path.startsWith(`${mount}/`));
    if (!disk || disk.swapFile !== undefined) continue;
    disk.swapFile = swap.size;
    taken.set(swap.entry, disk);
  }
  if (disks.length === 0) return new Set();
  const { root } = rewriter.source;
  const place = root && rewriter.source.pair(root, 'onboot')?.key;
  rewriter.insertAbove(startOf(place), stringify({ disks }).trimEnd().split('\n'));
  for (const [entry, { name }] of taken) leaveOut(entry, `\`disks:\` has "${name}"`, context);
  return new Set(taken.keys());
}

/** Whether the mount is of what the format makes. */
function isOf(format: FormatCommand, mount: MountCommand, all: readonly FormatCommand[]): boolean {
  if (mount.label !== undefined) return format.label === mount.label;
  if (mount.uuid !== undefined) return false;
  if (mount.device === undefined) return all.length === 1;
  return format.device !== undefined && [`${format.device}1`, `${format.device}p1`].includes(mount.device);
}

function diskOf(
  format: FormatCommand | undefined,
  { label, uuid, device, target }: MountCommand,
  grow: boolean,
): Disk | undefined {
  const name =
    target
      .replace(/.*\//, '')
      .toLowerCase()
      .replaceAll(/[^a-z0-9_-]/g, '-') || 'disk';
  if (format) {
    const filesystem = { type: format.type, ...(format.label === undefined ? {} : { label: format.label }) };
    const match = format.device === undefined ? { 'first-empty': true } : { path: format.device };
    const partition = { table: 'gpt' };
    return { name, match, partition, filesystem, mount: target, ...(grow ? { grow } : {}) };
  }
  if (label !== undefined) return { name, match: { label }, mount: target };
  if (uuid !== undefined) return { name, match: { uuid }, mount: target };
  return device !== undefined && !device.startsWith('/dev/mapper/')
    ? { name, match: { path: device }, mount: target }
    : undefined;
}
