import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { mount, unmount } from '../linux/mount/mount.ts';
import { isMounted } from '../linux/mount/mountinfo.ts';
import { createLink, moveLink } from '../linux/netlink/link-create.ts';
import { makeCgroup } from '../linux/process/cgroup.ts';
import type { BundleKernel } from './prepare.ts';

/** The calls of `BundleKernel` on the running kernel. */
export const bundleKernel: BundleKernel = {
  mount,
  unmount: (target) => unmount(target, { lazy: true }),
  isMounted: (target) => isMounted(target),
  makeFolder: (path) => void mkdirSync(path, { recursive: true, mode: 0o755 }),
  makeFile(path) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o755 });
    closeSync(openSync(path, 'a', 0o644));
  },
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === false,
  makeCgroup,
  createLink,
  moveLink,
};
