import { join } from 'node:path';
import { guestPaths, type VolumeConfig } from '../../lib/bundle/bundle.ts';
import { parseLayerIndex } from '../../lib/bundle/layers.ts';
import { makeMounts } from '../../lib/bundle/prepare.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { Machine } from '../steps.ts';

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

/** Makes `merged` of every volume in /containers/volumes: what containers bind. */
export function mountVolumes({ kernel, console }: Machine): string | undefined {
  const root = join(guestPaths.containers, 'volumes');
  const names = kernel.files.list(root);
  for (const name of names) {
    try {
      const folder = join(root, name);
      makeMounts(folder, readVolume(folder, kernel).mounts, kernel);
    } catch (thrown) {
      console.say(`volume ${name} failed: ${reasonOf(thrown)}`);
    }
  }
  return names.join(', ') || 'none';
}

function readVolume(folder: string, { files }: Machine['kernel']): VolumeConfig {
  const text = files.read(join(folder, 'volume.json'));
  return text === undefined ? flatVolume(folder, files.has(join(folder, 'tmp'))) : JSON.parse(text);
}

/** LinuxKit's: what is written lands in memory below `tmp`. */
function flatVolume(folder: string, writable: boolean): VolumeConfig {
  const [lower, tmp, merged] = ['lower', 'tmp', 'merged'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
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
