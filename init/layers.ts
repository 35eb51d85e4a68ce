import { join } from 'node:path';
import { guestPaths } from '../lib/bundle/bundle.ts';
import { parseLayerIndex } from '../lib/bundle/layers.ts';
import { reasonOf } from '../lib/errors/errors.ts';
import type { Machine } from './steps.ts';

/** Attaches the layers of containers; those of the root itself are there since stage 1. */
export function mountLayers({ kernel, console }: Machine): string | undefined {
  const index = kernel.files.read(join(guestPaths.layerFiles, 'index'));
  if (index === undefined) return 'none';
  const layers = parseLayerIndex(index).filter(({ use }) => use === 'bundle');
  for (const { id } of layers) {
    const target = join(guestPaths.layers, id);
    if (kernel.isMounted(target)) continue;
    try {
      kernel.files.makeFolder(target, 0o755);
      kernel.mountImage(join(guestPaths.layerFiles, `${id}.erofs`), target, 'erofs');
    } catch (thrown) {
      // The containers that stand on it fail, by name, when they are started; the others need not.
      console.say(`layer ${id} failed: ${reasonOf(thrown)}`);
    }
  }
  return `${layers.length}`;
}

/**
 * Volumes as LinuxKit lays them out, `/containers/volumes/<name>/{lower,tmp,merged}`: what is written to `merged` lands
 * in memory below `tmp`. One without `tmp` is read-only.
 */
export function mountVolumes({ kernel, console }: Machine): string | undefined {
  const root = join(guestPaths.containers, 'volumes');
  const names = kernel.files.list(root);
  for (const name of names) {
    try {
      mountVolume(kernel, join(root, name));
    } catch (thrown) {
      console.say(`volume ${name} failed: ${reasonOf(thrown)}`);
    }
  }
  return names.join(', ') || 'none';
}

function mountVolume(kernel: Machine['kernel'], folder: string): void {
  const [lower, tmp, merged] = ['lower', 'tmp', 'merged'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  if (!kernel.files.has(tmp)) {
    kernel.mount(lower, merged, '', ['bind', 'ro']);
    return;
  }
  kernel.mount('tmpfs', tmp, 'tmpfs', []);
  kernel.files.makeFolder(join(tmp, 'upper'), 0o755);
  kernel.files.makeFolder(join(tmp, 'work'), 0o755);
  const folders = [`lowerdir=${lower}`, `upperdir=${tmp}/upper`, `workdir=${tmp}/work`];
  kernel.mount('overlay', merged, 'overlay', folders);
}
