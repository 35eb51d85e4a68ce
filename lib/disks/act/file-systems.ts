import { closeSync, openSync, statfsSync } from 'node:fs';
import { type MountedType, makingLabel } from '../../bundle/disks.ts';
import { makeFolder } from '../../files/make-folder.ts';
import { blockDeviceBytes } from '../../linux/mount/block-device.ts';
import { growBtrfs, setFileSystemLabel } from '../../linux/mount/file-system-calls.ts';
import { mount, unmount } from '../../linux/mount/mount.ts';
import { lastLine, type RunProgram, succeed } from '../run-program.ts';
import { flushDevice } from './raw-disk.ts';

/** -F, -f: the device may hold something, which was decided before. */
const makers: Readonly<Record<MountedType, readonly [program: string, ...args: string[]]>> = {
  ext4: ['mkfs.ext4', '-q', '-F'],
  xfs: ['mkfs.xfs', '-q', '-f'],
  btrfs: ['mkfs.btrfs', '-q', '-f'],
};

/**
 * Makes a file system, whatever the device holds, and has all of it written to the disk.
 * @param label default: it says that the file system is unfinished @throws KitError
 */
export async function makeFileSystem(
  device: string,
  type: MountedType,
  run: RunProgram,
  label: string = makingLabel,
): Promise<void> {
  const labelled = label === '' ? [] : ['-L', label];
  await succeed(run, `make ${type} on "${device}"`, [...makers[type], ...labelled, device]);
  await flushDevice(device);
}

/**
 * Gives a whole file system its own label. The kernel does it, which has to mount it for this: so what gets
 * its label has also been mounted once.
 * @param privately a folder whose mounts nobody else sees
 */
export async function finishFileSystem(
  device: string,
  type: MountedType,
  label: string,
  privately: string,
): Promise<void> {
  makeFolder(privately);
  mount(device, privately, type, ['nosuid', 'nodev', 'noexec']);
  try {
    setFileSystemLabel(privately, label);
  } finally {
    unmount(privately);
  }
  await flushDevice(device);
}

/** What a check has found. */
export type Checked =
  | { readonly kind: 'whole' | 'repaired' }
  /** Somebody has to decide what is lost. `said`: by e2fsck, in one line. */
  | { readonly kind: 'damaged'; readonly said: string };

/** e2fsck(8): bits of its exit status. */
const repaired = 1 | 2;

/**
 * Checks an ext4 file system that is not mounted, and repairs what can be repaired without a loss. It is
 * quick where it was unmounted or has its journal. xfs and btrfs check themselves when they are mounted.
 * @param force also if it was unmounted cleanly
 */
export async function checkExt4(device: string, run: RunProgram, { force = false } = {}): Promise<Checked> {
  const { status, stdout, stderr } = await run('e2fsck', ['-p', ...(force ? ['-f'] : []), device]);
  if (status === 0) return { kind: 'whole' };
  if ((status & ~repaired) === 0) return { kind: 'repaired' };
  const said = lastLine(stdout) || lastLine(stderr) || `status ${status}`;
  return { kind: 'damaged', said: said.slice(0, 300) };
}

/**
 * Lets a mounted file system take all of its device. @param target where it is mounted
 * @returns false for one that cannot, though its device has more: a small btrfs
 * @throws KitError, or what the kernel says
 */
export async function growMounted(
  device: string,
  type: MountedType,
  target: string,
  run: RunProgram,
): Promise<boolean> {
  if (type === 'ext4') await growExt4(device, run);
  else if (type === 'xfs') await succeed(run, `grow the xfs of "${device}"`, ['xfs_growfs', '-d', target]);
  else return growLargeBtrfs(device, target);
  return true;
}

/** fs/btrfs/ioctl.c, btrfs_ioctl_resize: it refuses less, even if that is the size it has. */
const leastBtrfs = 256 * 2 ** 20;

function growLargeBtrfs(device: string, target: string): boolean {
  const fd = openSync(device, 'r');
  try {
    const bytes = blockDeviceBytes(fd, device);
    if (bytes < leastBtrfs) {
      const { blocks, bsize } = statfsSync(target);
      return bytes - blocks * bsize < bsize;
    }
  } finally {
    closeSync(fd);
  }
  growBtrfs(target);
  return true;
}

/** Lets an ext4 take all of its device, mounted or not. @throws KitError */
export async function growExt4(device: string, run: RunProgram): Promise<void> {
  await succeed(run, `grow the ext4 of "${device}"`, ['resize2fs', device]);
}
