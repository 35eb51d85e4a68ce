import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { Reader } from '../../spec/bundle.ts';
import { specJson } from '../../spec/oci/oci-runtime.ts';
import type { GivenMount } from '../../spec/runtime.ts';
import type { Work } from '../../work/work.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import { created, createdFile, createdFolders, type Origin } from '../plan/created.ts';
import { flatImage } from './image.ts';

/** Where the content of an image lies that a bundle has brought already, by the reference of the image. */
export type Contents = Map<string, string>;

/**
 * A bundle as LinuxKit lays it out: the image in `lower/` below an overlay, or in `rootfs/` for a read-only one. An
 * image that a bundle before has brought is not brought again; whose init reads the bundle decides the form of mounts.
 */
export async function* flatBundle(
  { folder, image, spec, runtime }: PlannedBundle,
  reader: Reader,
  origin: Origin,
  contents: Contents,
  work: Work,
): AsyncGenerator<TarEntry> {
  const readonly = spec.root.readonly ?? false;
  const own = `${folder}/${readonly ? 'rootfs' : 'lower'}`;
  const root = contents.get(origin.source) ?? own;
  if (root === own) {
    contents.set(origin.source, own);
    yield* createdFolders(own, origin);
    yield* flatImage({ image, prefix: own, origin, isContainer: true }, work);
  } else yield* createdFolders(folder, origin);
  yield createdFile(`${folder}/config.json`, specJson(spec), origin);
  const empty = readonly ? (root === own ? [] : ['rootfs']) : ['tmp', 'rootfs'];
  for (const name of empty) yield created({ path: `${folder}/${name}`, type: 'directory' }, origin);
  const mounts = [...rootMounts(folder, root, readonly), ...runtime.mounts];
  const written = { ...runtime, mounts: reader === 'kit' ? mounts.flatMap(forKit) : mounts };
  yield createdFile(`${folder}/runtime.json`, JSON.stringify(written, null, 4), origin);
}

/** What makes the container's root file system; a mount point even when it is read-only, since runc wants one. */
function rootMounts(folder: string, root: string, readonly: boolean): GivenMount[] {
  const rootfs = `/${folder}/rootfs`;
  if (readonly) return [{ destination: rootfs, source: `/${root}`, options: ['bind'] }];
  const tmp = `/${folder}/tmp`;
  return [
    { destination: tmp, type: 'tmpfs', source: 'tmpfs' },
    // Nothing else should see what is written.
    { destination: tmp, options: ['remount', 'private'] },
    {
      destination: rootfs,
      type: 'overlay',
      source: 'overlay',
      options: [`lowerdir=/${root}`, `upperdir=${tmp}/upper`, `workdir=${tmp}/work`],
    },
  ];
}

/** kit's init wants every key, and makes private mounts anyway. */
function forKit(mount: GivenMount): GivenMount[] {
  const { destination, type = '', source = '', options = [] } = mount;
  return options.includes('private') && type === '' && source === ''
    ? []
    : [{ destination, type, source, options }];
}
