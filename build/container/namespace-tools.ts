import { join } from 'node:path';
import { debianSource } from '../debian/source.ts';
import { debianTree, type Tools } from '../tools/tree.ts';
import type { Work } from '../work/work.ts';

/** unshare(1), and pasta, the network behind a container. Nothing else that these packages need is used by those two. */
const source = debianSource({ packages: ['libc6', 'passt', 'util-linux'], depends: false });

/** Fetched only by who runs containers. */
export const namespaceTools = (work: Work): Promise<Tools> =>
  debianTree('tools for containers', source, join(import.meta.dirname, 'namespaces.lock.json'), work);
