import { join } from 'node:path';
import { debianSource } from '../../../build/debian/source.ts';
import { testWork } from '../../../build/testing.ts';
import { debianTree, type Tools } from '../../../build/tools/tree.ts';

const source = debianSource({ packages: ['skopeo', 'umoci'], keep: ['lib*', 'skopeo', 'umoci'] });

/** Programs that write images. Not buildah: it starts itself again, and a program of a tree cannot. */
export function imageTools(): Promise<Tools> {
  return debianTree('tools for images', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}
