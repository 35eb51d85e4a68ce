import { basename } from 'node:path';

/**
 * Names of the block devices that /proc/swaps lists (proc_pid(5), mm/swapfile.c): `vdb2`. Their paths are
 * those of the mount namespace that began to use them, so that in another one `/dev/vdb2` may read `/vdb2`.
 */
export function swapDevices(text: string): string[] {
  const lines = text.split('\n').slice(1);
  return lines.flatMap((line) => {
    const [path = '', type] = line.split(/\s+/);
    return type === 'partition' ? [basename(path)] : [];
  });
}
