import { closeSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { isMounted } from '../linux/mount/mountinfo.ts';
import { createLink, moveLink } from '../linux/netlink/link-create.ts';
import { makeCgroup } from '../linux/process/cgroup.ts';
import { ownersKernel } from './owners-kernel.ts';
import type { BundleKernel } from './prepare.ts';

/** The calls of `BundleKernel` on the running kernel. */
export const bundleKernel: BundleKernel = {
  ...ownersKernel,
  isMounted: (target) => isMounted(target),
  makeFile(path) {
    makeFolder(dirname(path), 0o755);
    closeSync(openSync(path, 'a', 0o644));
  },
  isFile: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === false,
  makeCgroup,
  createLink,
  moveLink,
};
