import { createHash } from 'node:crypto';
import type { Inventory, InventoryItem } from './item.ts';
import { purlType } from './purl.ts';

/** A part of an inventory: an image, and what is in it. */
export interface BomPart extends Inventory {
  /** Of the image. */
  readonly digest: string;
}

/**
 * A bill of materials in CycloneDX 1.6 as JSON: the images as containers, their components as libraries.
 * Equal parts give equal bytes: the serial number is made of the content.
 * @param created `2017-04-18T16:30:00Z`
 */
export function cycloneText(name: string, parts: readonly BomPart[], created: string): string {
  const items = new Map(parts.flatMap((part) => part.items.map((item) => [item.purl, item] as const)));
  const images = parts.map((part) => ({
    ...{ type: 'container', 'bom-ref': refOf(part), name: part.name, version: part.digest },
  }));
  const components = [...dedupe(images), ...[...items.values()].map(componentOf)];
  const dependencies = [
    { ref: 'machine', dependsOn: [...new Set(parts.map(refOf))] },
    ...[...new Map(parts.map((part) => [refOf(part), part])).values()].map((part) => ({
      ref: refOf(part),
      dependsOn: [...new Set(part.items.map(({ purl }) => purl))],
    })),
  ];
  const metadata = {
    timestamp: created,
    tools: { components: [{ type: 'application', name: 'kit' }] },
    component: { type: 'operating-system', 'bom-ref': 'machine', name },
  };
  const content = { metadata, components, dependencies };
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    ...{
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: serialOf(JSON.stringify(content)),
      version: 1,
    },
    ...content,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const refOf = ({ name, digest }: BomPart): string => `image:${name}@${digest}`;

const dedupe = <T extends { readonly 'bom-ref': string }>(all: readonly T[]): T[] => [
  ...new Map(all.map((one) => [one['bom-ref'], one])).values(),
];

function componentOf({ name, version, purl, license, sha256 }: InventoryItem): object {
  const isOwn = /^@/.test(name) && purlType(purl) === 'npm';
  const [group, plain] = isOwn
    ? [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)]
    : [undefined, name];
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group !== undefined && { group }),
    ...{ name: plain, version, purl },
    ...(license !== undefined && { licenses: [licenceOf(license)] }),
    ...(sha256 !== undefined && { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
  };
}

/** An expression, or the name that its author gives; identifiers have a closed list in the schema. */
const licenceOf = (license: string): object =>
  /^\(?[A-Za-z0-9][A-Za-z0-9.+-]*(?: (?:AND|OR|WITH) [A-Za-z0-9][A-Za-z0-9.+-]*)*\)?$/.test(license)
    ? { expression: license }
    : { license: { name: license } };

/** A UUID (RFC 9562, version 8: of the maker's own kind) of the content. */
function serialOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return `urn:uuid:${parts.join('-')}`;
}
