import type { ShareConfig } from '../bundle/disks.ts';
import { codeOf, reasonOf } from '../errors/errors.ts';
import { mount } from '../linux/mount/mount.ts';
import { makeMountPoint } from './act/mount-target.ts';
import { DiskTrouble } from './decide/trouble.ts';
import type { Engine } from './engine.ts';

interface Way {
  readonly type: 'virtiofs' | '9p';
  readonly options: readonly string[];
  /** What mount(2) fails with for a tag that the host has not given the machine. */
  readonly unknown: string;
}

/** fs/fuse/virtio_fs.c, net/9p/trans_virtio.c. A `msize` above 4 KiB makes 9p several times as fast. */
const ways: readonly Way[] = [
  { type: 'virtiofs', options: [], unknown: 'EINVAL' },
  { type: '9p', options: ['trans=virtio', 'version=9p2000.L', 'msize=512000'], unknown: 'ENOENT' },
];

/**
 * Mounts a folder of the host: over virtiofs, or over 9p where the host gives it so.
 * @throws DiskTrouble in one sentence
 */
export function mountShare(
  { tag, mount: target, readOnly }: ShareConfig,
  { root, log }: Pick<Engine, 'root' | 'log'>,
): void {
  const point = makeMountPoint(root, target);
  const lacking: string[] = [];
  for (const { type, options, unknown } of ways) {
    try {
      mount(tag, point, type, [...options, 'nosuid', 'nodev', ...(readOnly ? ['ro'] : [])]);
      log(`share "${tag}" is mounted on ${target} over ${type}`);
      return;
    } catch (thrown) {
      const code = codeOf(thrown);
      if (code === 'ENODEV') lacking.push(type);
      else if (code !== unknown)
        throw new DiskTrouble(`share "${tag}" cannot be mounted over ${type}: ${reasonOf(thrown)}`);
    }
  }
  const kernel = lacking.length === 0 ? '' : `, and the kernel has no ${lacking.join(' and no ')}`;
  throw new DiskTrouble(`no share has the tag "${tag}"${kernel}`);
}
