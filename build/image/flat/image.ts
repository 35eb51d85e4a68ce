import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { Bodies } from '../../layers/bodies.ts';
import { resolveHardLinks } from '../../layers/hard-links.ts';
import { mergedLayers } from '../../layers/merge.ts';
import type { Work } from '../../work/work.ts';
import { created, createdFile, createdTime, type Origin, withOrigin } from '../plan/created.ts';

/** What a machine or a container has instead of an image's own. */
const dropped: ReadonlySet<string> = new Set([
  ...['.dockerenv', 'Dockerfile', 'dev/console', 'dev/pts', 'dev/shm', 'etc/hostname'],
]);
const hosts = [
  ...['127.0.0.1       localhost', '::1     localhost ip6-localhost ip6-loopback'],
  ...[
    'fe00::0 ip6-localnet',
    'ff00::0 ip6-mcastprefix',
    'ff02::1 ip6-allnodes',
    'ff02::2 ip6-allrouters',
    '',
  ],
].join('\n');
const noResolver = '\n# no resolv.conf configured\n';
const machineResolver = '/run/resolvconf/resolv.conf';

export interface FlatImage {
  readonly image: ResolvedImage;
  /** Folder it goes to: `containers/services/web/lower`; `''` is the root of the machine. */
  readonly prefix: string;
  readonly origin: Origin;
  /** A container's resolv.conf is a file; init and volume images get a link to the machine's. */
  readonly isContainer: boolean;
}

/**
 * An image as LinuxKit flattens it: its layers merged, files that only mean something where it was built dropped or
 * replaced, and the folders and files that everything needs after them. Those come whether or not the image has them,
 * as in LinuxKit: /dev, /etc, /proc and /sys of every image are root's with mode 0755.
 */
export async function* flatImage(flat: FlatImage, work: Work): AsyncGenerator<TarEntry> {
  const { image, prefix, origin } = flat;
  const replace = replacements(flat);
  const merged = (await mergedLayers(image.layers, work)).filter(({ path }) => !dropped.has(path));
  using bodies = new Bodies();
  for (const entry of resolveHardLinks(merged, (path) => !replace.has(path), image.name)) {
    // The root of the machine is nobody's; that of a container is its own.
    if (entry.path === '' && prefix === '') continue;
    const changed = replace.get(entry.path)?.(bodies.entry({ ...entry, size: 0 })) ?? bodies.entry(entry);
    yield withOrigin(below(prefix, changed), origin);
  }
  const hasMtab = merged.some(({ path }) => path === 'etc/mtab');
  for (const entry of needed(flat)) {
    if (entry.path !== 'etc/mtab' || !hasMtab) yield below(prefix, entry);
  }
}

/** The entry moved below a folder. */
export function below(prefix: string, entry: TarEntry): TarEntry {
  if (prefix === '') return entry;
  const moved = (path: string): string => (path === '' ? prefix : `${prefix}/${path}`);
  return {
    ...entry,
    path: moved(entry.path),
    linkname: entry.type === 'hardlink' ? moved(entry.linkname) : entry.linkname,
  };
}

type Change = (entry: TarEntry) => TarEntry;

/** Owner and mode stay the image's. */
function replacements({ isContainer }: FlatImage): ReadonlyMap<string, Change> {
  const content =
    (text: string): Change =>
    (entry) => ({
      ...entry,
      type: 'file',
      mtime: createdTime,
      linkname: '',
      size: Buffer.byteLength(text),
      body: [Buffer.from(text)],
    });
  const link: Change = (entry) => ({
    ...entry,
    type: 'symlink',
    mtime: createdTime,
    linkname: machineResolver,
    body: [],
  });
  return new Map([
    ['etc/hosts', content(hosts)],
    ['etc/resolv.conf', isContainer ? content(noResolver) : link],
  ]);
}

function needed({ origin, isContainer }: FlatImage): TarEntry[] {
  const folder = (path: string): TarEntry => created({ path, type: 'directory' }, origin);
  const link = (path: string, linkname: string, mode: number): TarEntry =>
    created({ path, type: 'symlink', linkname, mode }, origin);
  return [
    ...['dev', 'dev/pts', 'dev/shm', 'etc'].map(folder),
    createdFile('etc/hosts', hosts, origin),
    link('etc/mtab', '/proc/mounts', 0o755),
    isContainer
      ? createdFile('etc/resolv.conf', noResolver, origin)
      : link('etc/resolv.conf', machineResolver, 0o644),
    ...['proc', 'sys'].map(folder),
  ];
}
