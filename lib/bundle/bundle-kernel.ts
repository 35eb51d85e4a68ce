import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
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
  makeFolder: (path) => makeFolder(path, 0o755),
  makeFile(path) {
    makeFolder(dirname(path), 0o755);
    closeSync(openSync(path, 'a', 0o644));
  },
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === false,
  makeCgroup,
  createLink,
  moveLink,
};
