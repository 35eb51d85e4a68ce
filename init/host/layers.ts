import { join } from 'node:path';
import { guestPaths, type VolumeConfig } from '../../lib/bundle/bundle.ts';
import { parseLayerIndex } from '../../lib/bundle/layers.ts';
import { makeMounts } from '../../lib/bundle/prepare.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { StepContext } from '../steps.ts';

/** Mounts the layers of containers; stage 1 has mounted those of the root file system. */
export function mountLayers({ system, console }: StepContext): string | undefined {
  const index = system.files.read(join(guestPaths.layerFiles, 'index'));
  if (index === undefined) return 'none';
  const layers = parseLayerIndex(index).filter(({ use }) => use === 'bundle');
  for (const { id } of layers) {
    const target = join(guestPaths.layers, id);
    if (system.isMounted(target)) continue;
    try {
      system.files.makeFolder(target, 0o755);
      system.mountImage(join(guestPaths.layerFiles, `${id}.erofs`), target, 'erofs');
    } catch (thrown) {
      // Only the containers that use this layer will fail to start.
      console.log(`layer ${id} failed: ${reasonOf(thrown)}`);
    }
  }
  return `${layers.length}`;
}

/** Makes the folder `merged` of every volume in /containers/volumes, which containers bind-mount. */
export function mountVolumes({ system, console }: StepContext): string | undefined {
  const root = join(guestPaths.containers, 'volumes');
  const names = system.files.list(root);
  for (const name of names) {
    try {
      const folder = join(root, name);
      makeMounts(folder, readVolume(folder, system).mounts, system);
    } catch (thrown) {
      console.log(`volume ${name} failed: ${reasonOf(thrown)}`);
    }
  }
  return names.join(', ') || 'none';
}

function readVolume(folder: string, { files }: StepContext['system']): VolumeConfig {
  const text = files.read(join(folder, 'volume.json'));
  return text === undefined ? flatVolume(folder, files.has(join(folder, 'tmp'))) : JSON.parse(text);
}

/** A volume of LinuxKit's flat layout. If writable, changes are kept in memory, below `tmp`. */
function flatVolume(folder: string, writable: boolean): VolumeConfig {
  const [lower, tmp, merged] = [join(folder, 'lower'), join(folder, 'tmp'), join(folder, 'merged')];
  if (!writable)
    return { mounts: [{ destination: merged, type: '', source: lower, options: ['bind', 'ro'] }] };
  const options = [`lowerdir=${lower}`, `upperdir=${tmp}/upper`, `workdir=${tmp}/work`];
  return {
    mounts: [
      { destination: tmp, type: 'tmpfs', source: 'tmpfs', options: [] },
      { destination: merged, type: 'overlay', source: 'overlay', options },
    ],
  };
}
