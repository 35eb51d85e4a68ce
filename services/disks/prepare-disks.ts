import {
  type DiskFailure,
  type DisksConfig,
  diskFailures,
  type HostFolders,
} from '../../lib/bundle/disks.ts';
import type { Engine } from '../../lib/disks/engine.ts';
import { bindDisk, bindShare } from '../../lib/disks/host-folders.ts';
import { mountShare } from '../../lib/disks/mount-share.ts';
import { prepareDisk } from '../../lib/disks/prepare-disk.ts';
import { reasonOf } from '../../lib/errors/errors.ts';

/**
 * Prepares all disks, and mounts all folders of the host, past those that fail.
 * @param host what a container has in place of devices; undefined in a machine
 * @returns what follows from the failures: the most that one of them asks for; undefined without failures
 */
export async function prepareDisks(
  { disks, shares }: DisksConfig,
  host: HostFolders | undefined,
  engine: Engine & { readonly fail: (text: string) => void },
): Promise<DiskFailure | undefined> {
  const taken = new Set<string>();
  const failures: DiskFailure[] = [];
  const attempt = async (what: string, onFailure: DiskFailure, act: () => unknown): Promise<void> => {
    try {
      await act();
    } catch (thrown) {
      engine.fail(`${what}: ${reasonOf(thrown).replace(/\s*\n\s*/g, ' ')}`);
      failures.push(onFailure);
    }
  };
  for (const disk of disks)
    await attempt(`disk "${disk.name}"`, disk.onFailure, () =>
      host ? bindDisk(disk, taken, { host, all: disks }, engine) : prepareDisk(disk, taken, engine),
    );
  for (const share of shares)
    await attempt(`volume "${share.name}"`, share.onFailure, () =>
      host ? bindShare(share, host, engine) : mountShare(share, engine),
    );
  return diskFailures.findLast((failure) => failures.includes(failure));
}
