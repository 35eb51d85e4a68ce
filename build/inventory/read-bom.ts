import { KitError } from '../../lib/errors/errors.ts';
import { type JsonItem, parseJson } from '../../lib/oci/json.ts';
import type { Inventory, InventoryItem } from './item.ts';
import { itemOfPurl } from './purl.ts';

/** Bytes of a bill of materials; those of large images have some megabytes. */
export const bomLimit = 64 << 20;

export interface BillOfMaterials extends Inventory {
  /** Written by kit: its Debian packages are of the release of kit's own. */
  readonly ofKit: boolean;
}

/**
 * The components of a bill of materials in SPDX 2 or CycloneDX 1 as JSON, as far as they have a package URL.
 * @throws KitError for another document
 */
export function readBom(bytes: Uint8Array, shown: string): BillOfMaterials {
  const root = parseJson(bytes, shown, bomLimit);
  const isSpdx = root.optional('spdxVersion', (version) => version.text().startsWith('SPDX-2.'));
  if (isSpdx) {
    const items = distinct(listOf(root, 'packages').flatMap(spdxItems));
    const creators = root.optional('creationInfo', (info) => listOf(info, 'creators')) ?? [];
    const ofKit = creators.some((creator) => creator.isText() && creator.text() === 'Tool: kit');
    return { name: root.field('name').text(), items, ofKit };
  }
  if (root.optional('bomFormat', (format) => format.text()) === 'CycloneDX') {
    const name = root.optional('metadata', (data) =>
      data.optional('component', (one) => one.optional('name', (text) => text.text())),
    );
    const items = distinct(listOf(root, 'components').flatMap(cycloneItems));
    return { name: name ?? shown, items, ofKit: false };
  }
  throw new KitError(`Cannot read "${shown}": it is no bill of materials in SPDX 2 or CycloneDX as JSON`);
}

const listOf = (item: JsonItem, key: string): JsonItem[] =>
  item.optional(key, (list) => list.list((one) => one)) ?? [];

const textOf = (item: JsonItem, key: string): string | undefined =>
  item.optional(key, (text) => (text.isText() ? text.text() : undefined));

function spdxItems(item: JsonItem): InventoryItem[] {
  const license = textOf(item, 'licenseDeclared');
  const sha256 = listOf(item, 'checksums').flatMap((sum) =>
    textOf(sum, 'algorithm') === 'SHA256' ? (textOf(sum, 'checksumValue') ?? []) : [],
  )[0];
  return listOf(item, 'externalRefs').flatMap((ref) => {
    if (textOf(ref, 'referenceType') !== 'purl') return [];
    const found = itemOfPurl(textOf(ref, 'referenceLocator') ?? '');
    if (!found) return [];
    const isHash = sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256);
    return [
      {
        ...found,
        ...(license && license !== 'NOASSERTION' && { license }),
        ...(isHash && { sha256 }),
      },
    ];
  });
}

function cycloneItems(item: JsonItem): InventoryItem[] {
  const found = itemOfPurl(textOf(item, 'purl') ?? '');
  return found ? [found] : [];
}

const distinct = (items: readonly InventoryItem[]): InventoryItem[] => [
  ...new Map(items.map((item) => [item.purl, item])).values(),
];
