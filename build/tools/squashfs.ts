import { debianSource } from '../debian/source.ts';
import { dataFile } from '../host/paths.ts';
import type { Work } from '../work.ts';
import { debianTree, type Tools } from './tree.ts';

const source = debianSource({ packages: ['squashfs-tools'] });

/** A tree with mksquashfs and unsquashfs, fetched when that format is first needed. */
export function squashfsTools(work: Work): Promise<Tools> {
  return debianTree('tools for squashfs', source, dataFile('build/tools/squashfs.lock.json'), work);
}
