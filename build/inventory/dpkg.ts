import type { ResolvedImage } from '../cache/stored-image.ts';
import { Bodies } from '../layers/bodies.ts';
import { type MergedEntry, mergedLayers } from '../layers/merge.ts';
import { resolveIn, type Tree } from '../tree/tree.ts';
import type { Work } from '../work.ts';
import { controlParagraphs, sourceOf } from './control-fields.ts';
import { copyrightLimit, licenceOf } from './copyright.ts';
import type { InventoryItem } from './item.ts';
import { debianPurl } from './purl.ts';

/** Bytes of a database; that of a desktop has a few megabytes. */
const statusLimit = 64 << 20;

/**
 * The Debian packages that an image's own databases name: /var/lib/dpkg/status, and status.d as images
 * without dpkg have it. Licences come from /usr/share/doc.
 */
export async function dpkgItems(image: ResolvedImage, work: Work): Promise<InventoryItem[]> {
  // kit's own packages have no database, and say what is in their layers.
  const entries = new Map((await mergedLayers(image, work)).map((entry) => [entry.path, entry]));
  using bodies = new Bodies();
  const textOf = (path: string, limit: number): string | undefined => {
    const entry = entries.get(resolveIn(entries as unknown as Tree, path));
    return entry?.type === 'file' && entry.size <= limit ? bodies.bytes(entry).toString() : undefined;
  };
  const release = releaseOf(textOf('etc/os-release', 1 << 16) ?? textOf('usr/lib/os-release', 1 << 16) ?? '');
  if (release === undefined) return [];
  const items = [...databases(entries)].flatMap((path) => {
    const text = textOf(path, statusLimit) ?? '';
    return parseStatus(text, path.includes('/status.d/'), release);
  });
  return items.map((item) => {
    const licence = licenceOf(textOf(`usr/share/doc/${item.name}/copyright`, copyrightLimit) ?? '');
    return { ...item, ...(licence !== undefined && { license: licence }) };
  });
}

function* databases(entries: ReadonlyMap<string, MergedEntry>): Generator<string> {
  if (entries.has('var/lib/dpkg/status')) yield 'var/lib/dpkg/status';
  for (const path of entries.keys()) if (/^var\/lib\/dpkg\/status\.d\/[^/]+$/.test(path)) yield path;
}

/** `trixie`; undefined for another distribution than Debian. */
function releaseOf(text: string): string | undefined {
  const value = (key: string): string | undefined =>
    new RegExp(`^${key}=["']?([a-z0-9.-]+)["']?$`, 'm').exec(text)?.[1];
  return value('ID') === 'debian' ? (value('VERSION_CODENAME') ?? 'sid') : undefined;
}

/** The installed packages of a database. @param whole every paragraph is one: status.d has no Status */
export function parseStatus(text: string, whole: boolean, release: string): InventoryItem[] {
  const items: InventoryItem[] = [];
  for (const fields of controlParagraphs(text)) {
    const [name, version, architecture = 'all'] = ['package', 'version', 'architecture'].map((key) =>
      fields.get(key),
    );
    if (!name || !version || !(whole || / installed$/.test(fields.get('status') ?? ''))) continue;
    const source = sourceOf(fields);
    items.push({
      name,
      version,
      purl: debianPurl({ name, version, architecture, source, release }),
      source,
      release,
    });
  }
  return items;
}
