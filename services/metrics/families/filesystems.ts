import type { Filesystem } from '../../../lib/control/generated/control.ts';
import { each, type Family } from '../family.ts';

/** File systems that hold data, by the names of node_exporter. */
export function filesystemFamilies(all: readonly Filesystem[]): readonly Family[] {
  const labels = ({ device, type, mountPoint }: Filesystem) => ({
    device,
    fstype: type,
    mountpoint: mountPoint,
  });
  const family = (what: string, help: string, value: (one: Filesystem) => number) =>
    each(`node_filesystem_${what}`, 'gauge', help, all, labels, value);
  return [
    ...family('size_bytes', 'Size', ({ sizeBytes }) => Number(sizeBytes)),
    ...family('free_bytes', 'Free space', ({ freeBytes }) => Number(freeBytes)),
    ...family('avail_bytes', 'Space that is free for ordinary users', ({ availableBytes }) =>
      Number(availableBytes),
    ),
    ...family('files', 'Inodes', ({ files }) => Number(files)),
    ...family('files_free', 'Free inodes', ({ filesFree }) => Number(filesFree)),
    // One that cannot be asked is not in the list.
    ...family('device_error', '1: it could not be asked', () => 0),
    ...family('readonly', '1: it is mounted read-only', ({ readonly }) => Number(readonly)),
  ];
}
