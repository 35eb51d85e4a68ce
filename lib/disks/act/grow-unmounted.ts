import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MountedType } from '../../bundle/disks.ts';
import { KitError } from '../../errors/errors.ts';
import { mount, unmount } from '../../linux/mount/mount.ts';
import type { RunProgram } from '../run-program.ts';
import { checkExt4, growExt4, growMounted } from './file-systems.ts';

/**
 * Grows a file system that is not mounted to the size of its device. One that has this size stays as it is.
 * @returns false for one that cannot, as of `growMounted` @throws KitError
 */
export async function growUnmounted(device: string, type: MountedType, run: RunProgram): Promise<boolean> {
  if (type === 'ext4') {
    // Grown while it is mounted, it would ask for CAP_SYS_RESOURCE; and resize2fs refuses one that was not
    // checked since.
    await checkForced(device, run);
    await growExt4(device, run);
    return true;
  }
  const folder = mkdtempSync(join(tmpdir(), 'grow-'));
  try {
    mount(device, folder, type);
    try {
      return await growMounted(device, type, folder, run);
    } finally {
      unmount(folder);
    }
  } finally {
    rmdirSync(folder);
  }
}

async function checkForced(device: string, run: RunProgram): Promise<void> {
  const found = await checkExt4(device, run, { force: true });
  if (found.kind !== 'damaged') return;
  throw new KitError(`Cannot use "${device}": its file system has errors: ${found.said}`, {
    hint: `look at it with e2fsck -f ${device}, which asks before each repair`,
  });
}
