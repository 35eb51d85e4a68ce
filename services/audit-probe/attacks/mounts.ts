import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { isMounted } from '../../../lib/linux/mount/mountinfo.ts';
import { rawCall } from '../../../lib/linux/process/raw-call.ts';
import { type Attacks, type Attempt, firstsOf, reaches } from '../attack.ts';
import { mountPoint } from '../mount-point.ts';

/** Changes of what the service sees of the machine's files. They run last: not all can be undone. */
export const mounts: Attacks = {
  'change-root': () => reaches('called chroot', () => rawCall('chroot', Buffer.from('/\0'))),
  mount: () => mountAndRemove('tmpfs'),
  'mount-kernel-files': () =>
    firstsOf(['cgroup2', 'proc', 'sysfs', 'securityfs', 'debugfs', 'binfmt_misc'], mountAndRemove),
  'remount-root': () => remounted('/'),
  'remount-proc': () =>
    firstsOf(
      ['/proc/sys', '/proc/sysrq-trigger', '/sys', '/sys/fs/cgroup'].filter((path) => isMounted(path)),
      remounted,
    ),
  unmount: () => {
    unmount(mountPoint, { lazy: true });
    return `unmounted ${mountPoint}`;
  },
};

function mountAndRemove(type: string): Attempt {
  mount(type, mountPoint, type);
  unmount(mountPoint, { lazy: true });
  return `mounted a ${type}`;
}

/** Writable, if it was read-only: what is mounted there can be written from then on. */
function remounted(path: string): Attempt {
  mount('none', path, '', ['remount', 'bind', 'rw']);
  return `remounted ${path}`;
}
