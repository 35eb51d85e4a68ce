import type { TarEntry } from '../../../lib/archive/tar.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { imageTree } from '../../layers/image-stack.ts';
import type { Reader } from '../../spec/bundle.ts';
import { specJson } from '../../spec/oci/oci-runtime.ts';
import type { RuntimeMount } from '../../spec/runtime.ts';
import type { Work } from '../../work.ts';
import { containerPlaces } from '../entries/container-places.ts';
import { workingFolderEntries } from '../entries/mount-points.ts';
import type { PlannedBundle } from '../plan/bundles.ts';
import { createdEntry, createdFile, createdFolders, type Provenance } from '../plan/created.ts';
import { flattenImage } from './flatten.ts';

/**
 * Folders with the files of an image that an earlier bundle has put into the tree, by LinuxKit's name of the
 * image.
 */
export type BroughtImages = Map<string, string>;

/**
 * A bundle as LinuxKit lays it out: the image's files in `lower/` below an overlay, or in `rootfs/` for a
 * read-only one. A bundle whose image is in the tree already refers to the files there.
 * @param reader the init that reads the bundle: the form of mounts differs
 * @param brought gets the folder of this bundle's image added
 */
export async function* flatBundle(
  { folder, image, spec, runtime }: PlannedBundle,
  reader: Reader,
  provenance: Provenance,
  brought: BroughtImages,
  work: Work,
): AsyncGenerator<TarEntry> {
  const readonly = spec.root.readonly ?? false;
  const own = `${folder}/${readonly ? 'rootfs' : 'lower'}`;
  const root = brought.get(provenance.source) ?? own;
  if (root === own) {
    brought.set(provenance.source, own);
    yield* createdFolders(own, provenance);
    yield* flattenImage({ image, prefix: own, provenance, isContainer: true }, work);
  } else yield* createdFolders(folder, provenance);
  yield* workingFolder({ image, spec, runtime }, root, provenance, work);
  yield createdFile(`${folder}/config.json`, specJson(spec), provenance);
  const empty = readonly ? (root === own ? [] : ['rootfs']) : ['tmp', 'rootfs'];
  for (const name of empty) yield createdEntry({ path: `${folder}/${name}`, type: 'directory' }, provenance);
  const mounts = [...rootMounts(folder, root, readonly), ...runtime.mounts];
  const written = { ...runtime, mounts: reader === 'kit' ? mounts.flatMap(forKit) : mounts };
  yield createdFile(`${folder}/runtime.json`, exactJson(written, 4), provenance);
}

/** LinuxKit leaves it to the OCI runtime, which cannot make it where the machine's root is read-only. */
async function* workingFolder(
  { image, ...bundle }: Pick<PlannedBundle, 'image' | 'spec' | 'runtime'>,
  root: string,
  provenance: Provenance,
  work: Work,
): AsyncGenerator<TarEntry> {
  const tree = await imageTree(image, work);
  const missing = workingFolderEntries(containerPlaces(bundle), tree).filter(({ path }) => !tree.has(path));
  for (const { path, type } of missing) yield createdEntry({ path: `${root}/${path}`, type }, provenance);
}

/**
 * The mounts of the container's root file system. A read-only one is a mount point, too: runc requires that.
 */
function rootMounts(folder: string, root: string, readonly: boolean): RuntimeMount[] {
  const rootfs = `/${folder}/rootfs`;
  if (readonly) return [{ destination: rootfs, source: `/${root}`, options: ['bind'] }];
  const tmp = `/${folder}/tmp`;
  return [
    { destination: tmp, type: 'tmpfs', source: 'tmpfs' },
    // Keeps what is written out of other mount namespaces.
    { destination: tmp, options: ['remount', 'private'] },
    {
      destination: rootfs,
      type: 'overlay',
      source: 'overlay',
      options: [`lowerdir=/${root}`, `upperdir=${tmp}/upper`, `workdir=${tmp}/work`],
    },
  ];
}

/** kit's init requires every key, and makes mounts private by default. */
function forKit(mount: RuntimeMount): RuntimeMount[] {
  const { destination, type = '', source = '', options = [] } = mount;
  return options.includes('private') && type === '' && source === ''
    ? []
    : [{ destination, type, source, options }];
}
