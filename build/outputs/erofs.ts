import { tarBytes } from '../../lib/archive/tar.ts';
import type { Medium } from '../image/plan/boot-image.ts';
import { asUuid } from '../layers/erofs.ts';
import { makeErofs } from '../layers/make-erofs.ts';
import { finalWalk } from '../tree/final-entries.ts';
import type { Work } from '../work.ts';

/** A medium's files as an EROFS, uncompressed like LinuxKit's. `path` lies in a folder for scratch files. */
export async function writeErofs(path: string, medium: Medium, work: Work): Promise<void> {
  // By default mkfs.erofs uses the host's page size as the block size.
  const options = ['-b4096', '-T0', '--mkfs-time', `-U${asUuid(medium.id)}`];
  await makeErofs(tarBytes(finalWalk(() => medium.entries())), options, path, work);
}
