import { dirname } from 'node:path';
import { tarBytes } from '../../lib/archive/tar.ts';
import type { Medium } from '../image/plan/boot-image.ts';
import { asUuid } from '../layers/erofs.ts';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import { finalWalk } from '../tree/final-entries.ts';
import type { Work } from '../work.ts';

/** A medium's files as an EROFS, uncompressed like LinuxKit's, from a tar on the tool's standard input. */
export async function writeErofs(path: string, medium: Medium, work: Work): Promise<void> {
  // By default mkfs.erofs uses the host's page size as the block size.
  const fixed = ['-b4096', '-T0', '--mkfs-time', `-U${asUuid(medium.id)}`];
  await runTool(await toolsTree(work), 'mkfs.erofs', ['--quiet', '--tar=f', ...fixed, path], {
    signal: work.signal,
    input: tarBytes(finalWalk(() => medium.entries())),
    // mkfs.erofs keeps the files there until it knows their positions.
    env: { TMPDIR: dirname(path) },
  });
}
