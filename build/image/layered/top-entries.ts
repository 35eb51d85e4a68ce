import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { guestPaths, type VolumeConfig } from '../../../lib/bundle/bundle.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { VolumeEntry } from '../../manifest/types.ts';
import type { Tree } from '../../tree/tree.ts';
import { folderLike, parentsOf } from '../entries/folders.ts';

/** The files of a bundle in the top layer. */
export interface BundleFiles {
  /** `containers/services/web` */
  readonly folder: string;
  readonly config: string;
  readonly runtime: string;
  /** Entries of `lower/`, relative to the container's root. */
  readonly mountPoints: readonly TarEntry[];
}

/** A volume, and the mounts that init makes for it. */
export interface VolumeFiles extends VolumeConfig {
  readonly volume: VolumeEntry;
}

export interface TopParts {
  readonly bundles: readonly BundleFiles[];
  readonly volumes: readonly VolumeFiles[];
  readonly files: readonly TarEntry[];
  /** The root file system of the init images. */
  readonly root: Tree;
  readonly production: boolean;
}

/** Mount points of init, and folders that programs expect. */
const rootFolders: readonly (readonly [path: string, mode: number])[] = [
  ...['containers', 'dev', 'etc', 'mnt', 'proc', 'run', 'sys', 'var'].map((path) => [path, 0o755] as const),
  ['root', 0o700],
  ['tmp', 0o1777],
];

/**
 * The layer of this one image: bundles, volumes, `files:`, and what the init images lack. Sorted, each path
 * once (the last entry wins), parents first.
 */
export function topEntries({ bundles, volumes, files, root, production }: TopParts): TarEntry[] {
  const entries = new Map<string, TarEntry>();
  const add = (entry: TarEntry): void => {
    for (const parent of parentsOf(entry.path))
      if (!entries.has(parent)) entries.set(parent, folderLike(root, parent));
    entries.set(entry.path, entry);
  };
  // Without this entry mkfs.erofs makes the root folder world-writable, and the topmost layer's mode wins.
  entries.set('', tarEntry({ path: '', type: 'directory' }));
  for (const entry of missingFromRoot(root)) add(entry);
  for (const bundle of bundles) for (const entry of bundleEntries(bundle)) add(entry);
  for (const volume of volumes) for (const entry of volumeEntries(volume)) add(entry);
  for (const entry of files) add(entry);
  for (const entry of productionFiles({ production })) add(entry);
  return [...entries.values()].sort((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
}

/** The marker file by which the guest knows that it was built for production. */
export const productionFiles = ({ production }: Pick<TopParts, 'production'>): TarEntry[] =>
  production ? [textEntry(guestPaths.production.slice(1), '')] : [];

function missingFromRoot(root: Tree): TarEntry[] {
  const folders = rootFolders
    .filter(([path]) => !root.has(path))
    .map(([path, mode]) => tarEntry({ path, type: 'directory', mode }));
  const resolver = tarEntry({
    path: 'etc/resolv.conf',
    type: 'symlink',
    linkname: '/run/resolvconf/resolv.conf',
  });
  // Replaces a file that a layer brought: the machine's DHCP client writes /run/resolvconf/resolv.conf.
  return root.get('etc/resolv.conf')?.type === 'symlink' ? folders : [...folders, resolver];
}

function bundleEntries({ folder, config, runtime, mountPoints }: BundleFiles): TarEntry[] {
  const empty = ['rootfs', 'tmp', 'lower'].map((name) =>
    tarEntry({ path: `${folder}/${name}`, type: 'directory' }),
  );
  return [
    textEntry(`${folder}/config.json`, config),
    textEntry(`${folder}/runtime.json`, runtime),
    ...empty,
    ...mountPoints.map((entry) => ({ ...entry, path: `${folder}/lower/${entry.path}` })),
  ];
}

function volumeEntries({ volume: { name, readonly }, mounts }: VolumeFiles): TarEntry[] {
  const folder = `containers/volumes/${name}`;
  const config: VolumeConfig = { mounts };
  return [
    textEntry(`${folder}/volume.json`, exactJson(config, 4)),
    ...['lower', 'merged', ...(readonly ? [] : ['tmp'])].map((place) =>
      tarEntry({ path: `${folder}/${place}`, type: 'directory' }),
    ),
  ];
}
