import { debianSource } from '../debian/source.ts';
import { dataFile } from '../host/paths.ts';
import { debianTree, type Tools } from '../tools/tree.ts';
import type { Work } from '../work.ts';

/** unshare(1), setpriv(1) and pasta(1). Of their packages' dependencies they use nothing else. */
const source = debianSource({ packages: ['libc6', 'libcap-ng0', 'passt', 'util-linux'], depends: false });

/** In a tree of their own, downloaded when the first container is run. */
export const namespaceTools = (work: Work): Promise<Tools> =>
  debianTree('tools for containers', source, dataFile('build/container/namespaces.lock.json'), work);
