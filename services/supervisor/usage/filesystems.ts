import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Filesystem } from '../../../lib/control/generated/control.ts';
import { listMounts, type MountInfo } from '../../../lib/linux/mount/mountinfo.ts';

/**
 * The kinds that hold data and answer by themselves. A network or FUSE file system whose server is gone would
 * keep a thread of this process for ever.
 */
const types: ReadonlySet<string> = new Set([
  ...['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'vfat', 'exfat', 'tmpfs'],
]);

/** Roots of containers, layers, and the many small ones that kit itself mounts. */
const ownFolders =
  /^\/(?:proc|sys|dev|containers|run\/(?:layers|layerfiles|containerd|kit|bundles|user))(?:\/|$)/;

const maxFilesystems = 64;
const answerMs = 1000;

/** Mount points that have not answered yet: a broken disk costs one thread, and not one for each call. */
const waiting = new Set<string>();

/** Space of all file systems of the machine that hold data, each at its first mount point. */
export async function readFilesystems(mounts: readonly MountInfo[] = listMounts()): Promise<Filesystem[]> {
  const read = dataMounts(mounts).slice(0, maxFilesystems).map(readFilesystem);
  return (await Promise.all(read)).flatMap((one) => one ?? []);
}

/** A device that is mounted or bound several times is listed once. */
export function dataMounts(mounts: readonly MountInfo[]): MountInfo[] {
  const seen = new Set<string>();
  return mounts.filter(({ type, source, target }) => {
    if (!types.has(type) || ownFolders.test(target)) return false;
    const key = type === 'tmpfs' ? target : source;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Undefined if it does not answer in time. */
async function readFilesystem({ target, source, type, options }: MountInfo): Promise<Filesystem | undefined> {
  if (waiting.has(target)) return undefined;
  waiting.add(target);
  const answer = statfs(target, { bigint: true }).catch(() => undefined);
  void answer.then(() => waiting.delete(target));
  const stats = await Promise.race([answer, pause(answerMs, undefined, { ref: false })]);
  if (!stats) return undefined;
  const { bsize, blocks, bfree, bavail, files, ffree } = stats;
  return {
    ...{ mountPoint: target, device: source, type, readonly: options.includes('ro') },
    ...{ sizeBytes: bsize * blocks, freeBytes: bsize * bfree, availableBytes: bsize * bavail },
    ...{ files, filesFree: ffree },
  };
}
