import type { TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { Bodies } from '../../layers/bodies.ts';
import { withHardLinks } from '../../layers/hard-links.ts';
import { mergedLayers } from '../../layers/merge.ts';
import type { Work } from '../../work.ts';
import { createdEntry, createdFile, createdTime, type Provenance, withProvenance } from '../plan/created.ts';

/** Paths of an image that the machine, or the container runtime, provides itself. */
const dropped: ReadonlySet<string> = new Set([
  ...['.dockerenv', 'Dockerfile', 'dev/console', 'dev/pts', 'dev/shm', 'etc/hostname'],
]);
const hosts = [
  ...['127.0.0.1       localhost', '::1     localhost ip6-localhost ip6-loopback'],
  ...['fe00::0 ip6-localnet', 'ff00::0 ip6-mcastprefix'],
  ...['ff02::1 ip6-allnodes', 'ff02::2 ip6-allrouters', ''],
].join('\n');
const noResolver = '\n# no resolv.conf configured\n';
const machineResolver = '/run/resolvconf/resolv.conf';

/** An image, and where its files go. */
export interface ImagePlacement {
  readonly image: ResolvedImage;
  /** The folder they go to: `containers/services/web/lower`; `''` is the root of the machine. */
  readonly prefix: string;
  readonly provenance: Provenance;
  /** A container's resolv.conf is a file; init and volume images get a link to the machine's. */
  readonly isContainer: boolean;
}

/**
 * An image as LinuxKit flattens it: its layers merged, files that only mean something on the build machine
 * dropped or replaced, and after them the folders and files that every image needs. As in LinuxKit, these
 * come even if the image has them: /dev, /etc, /proc and /sys of every image are root's with mode 0755.
 */
export async function* flattenImage(placement: ImagePlacement, work: Work): AsyncGenerator<TarEntry> {
  const { image, prefix, provenance } = placement;
  const replace = replacements(placement);
  const all = await mergedLayers(image, work);
  // Whoever unpacks the tree makes parents that are not listed, or has them from another image.
  const merged = all.filter(({ path, isListed }) => isListed && !dropped.has(path));
  using bodies = new Bodies();
  for (const entry of withHardLinks(merged, (path) => !replace.has(path))) {
    // The machine's root folder belongs to no image; a container's has the image's mode and owner.
    if (entry.path === '' && prefix === '') continue;
    const changed = replace.get(entry.path)?.(bodies.entry({ ...entry, size: 0 })) ?? bodies.entry(entry);
    yield withProvenance(below(prefix, changed), provenance);
  }
  const hasMtab = merged.some(({ path }) => path === 'etc/mtab');
  for (const entry of neededEntries(placement)) {
    if (entry.path !== 'etc/mtab' || !hasMtab) yield below(prefix, entry);
  }
}

/** The entry moved below a folder. */
function below(prefix: string, entry: TarEntry): TarEntry {
  if (prefix === '') return entry;
  const moved = (path: string): string => (path === '' ? prefix : `${prefix}/${path}`);
  return {
    ...entry,
    path: moved(entry.path),
    linkname: entry.type === 'hardlink' ? moved(entry.linkname) : entry.linkname,
  };
}

type Change = (entry: TarEntry) => TarEntry;

/** New content for some paths; owner and mode stay the image's. */
function replacements({ isContainer }: ImagePlacement): ReadonlyMap<string, Change> {
  const content =
    (text: string): Change =>
    (entry) => ({
      ...entry,
      type: 'file',
      mtime: createdTime,
      nanoseconds: 0,
      linkname: '',
      size: Buffer.byteLength(text),
      body: [Buffer.from(text)],
    });
  const link: Change = (entry) => ({
    ...entry,
    type: 'symlink',
    mtime: createdTime,
    nanoseconds: 0,
    linkname: machineResolver,
    size: 0,
    body: [],
  });
  return new Map([
    ['etc/hosts', content(hosts)],
    ['etc/resolv.conf', isContainer ? content(noResolver) : link],
  ]);
}

function neededEntries({ provenance, isContainer }: ImagePlacement): TarEntry[] {
  const folder = (path: string): TarEntry => createdEntry({ path, type: 'directory' }, provenance);
  const link = (path: string, linkname: string, mode: number): TarEntry =>
    createdEntry({ path, type: 'symlink', linkname, mode }, provenance);
  return [
    ...['dev', 'dev/pts', 'dev/shm', 'etc'].map(folder),
    createdFile('etc/hosts', hosts, provenance),
    link('etc/mtab', '/proc/mounts', 0o755),
    isContainer
      ? createdFile('etc/resolv.conf', noResolver, provenance)
      : link('etc/resolv.conf', machineResolver, 0o644),
    ...['proc', 'sys'].map(folder),
  ];
}
