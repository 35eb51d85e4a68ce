import { describeContent } from '../../lib/disks/observe/content.ts';
import { contentOf, startsBlank } from '../../lib/disks/programs/content-of.ts';
import { isLinuxPartition, readPartitionTable } from '../../lib/disks/programs/partition-table.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import type { FormatSettings } from './arguments.ts';

/** What a disk is to `format`. */
export type Target =
  | { readonly kind: 'empty' }
  /** It has what is to be made: `an ext4 file system "data" on /dev/vdb1`. */
  | { readonly kind: 'done'; readonly what: string }
  /** It holds something else: `xfs "old"`. */
  | { readonly kind: 'taken'; readonly what: string };

/** Plain dm-crypt and some databases have no signature: to libblkid their disks are empty. */
const unsigned: Target = { kind: 'taken', what: 'data without a signature, which may be encrypted' };

/** @throws KitError if the disk cannot be read */
export async function findTarget(
  device: string,
  { type, label }: Pick<FormatSettings, 'type' | 'label'>,
  run: RunProgram,
): Promise<Target> {
  const content = await contentOf(device, run);
  if (content.kind === 'nothing') return (await startsBlank(device)) ? { kind: 'empty' } : unsigned;
  const [only, ...others] = (await readPartitionTable(device, run))?.partitions ?? [];
  if (!only || others.length > 0 || !isLinuxPartition(only))
    return { kind: 'taken', what: describeContent(content) };
  const inside = await contentOf(only.node, run);
  const what = `${describeContent(inside)} on ${only.node}`;
  const isWanted =
    inside.kind === 'file system' && inside.type === type && (label === undefined || inside.label === label);
  // Without a signature it may be data all the same: that of plain dm-crypt has none.
  return isWanted
    ? { kind: 'done', what }
    : { kind: 'taken', what: `${describeContent(content)} with ${what}` };
}
