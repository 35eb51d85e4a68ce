import type { ResolvedImage } from '../cache/stored-image.ts';
import { contentsOf } from '../packages/components.ts';
import type { Work } from '../work.ts';
import { debFacts } from './deb-facts.ts';
import { dpkgItems } from './dpkg.ts';
import type { InventoryItem } from './item.ts';
import { debianPurl, purlType } from './purl.ts';

/** The release that kit's own packages are of. */
const ownRelease = 'trixie';

/**
 * The components of an image: those that kit wrote down in its layers, with source packages and licences from
 * the archives of Debian that the cache has; else those of the image's own databases.
 */
export async function imageItems(image: ResolvedImage, work: Work): Promise<InventoryItem[]> {
  const own = image.layers.flatMap(({ annotations }) => contentsOf(annotations));
  return own.length === 0 ? dpkgItems(image, work) : withFacts(own, work);
}

/** Components that kit wrote down, with what is known of the Debian packages among them. */
export async function withFacts(own: readonly InventoryItem[], work: Work): Promise<InventoryItem[]> {
  const byName = new Map(own.map((item) => [item.name, item]));
  const items: InventoryItem[] = [];
  for (const item of own) {
    const isPlain = purlType(item.purl) !== 'deb' || item.sha256 === undefined || item.release !== undefined;
    items.push(isPlain ? item : await detailed(item, byName, work));
  }
  return items;
}

async function detailed(
  item: InventoryItem & { readonly sha256?: string },
  byName: ReadonlyMap<string, InventoryItem>,
  work: Work,
): Promise<InventoryItem> {
  const facts = await debFacts(item.sha256 ?? '', work);
  if (!facts) return { ...item, release: ownRelease };
  const { name, version } = item;
  const architecture = /[?&]arch=([a-z0-9]+)/.exec(item.purl)?.[1] ?? 'all';
  const { source, docsOf } = facts;
  // Packages of one source often share the copyright file of one of them.
  const other = docsOf === undefined ? undefined : byName.get(docsOf)?.sha256;
  const license = facts.license ?? (other === undefined ? undefined : (await debFacts(other, work))?.license);
  const purl = debianPurl({ name, version, architecture, source, release: ownRelease });
  return { ...item, purl, source, release: ownRelease, ...(license !== undefined && { license }) };
}
