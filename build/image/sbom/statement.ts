import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { isObject } from '../../../lib/json/is-object.ts';
import type { SbomImage } from './sbom-images.ts';
import { documentId, type SpdxDocument } from './spdx.ts';

/** The lists of an SPDX document that are merged. */
export type SpdxLists = Partial<
  Pick<
    SpdxDocument,
    | 'packages'
    | 'files'
    | 'hasExtractedLicensingInfos'
    | 'annotations'
    | 'externalDocumentRefs'
    | 'relationships'
  >
>;

const listKeys = [
  ...(['packages', 'files', 'hasExtractedLicensingInfos', 'annotations'] as const),
  ...(['externalDocumentRefs', 'relationships'] as const),
];

/** Lists whose items have an identifier that others refer to. */
const elementKeys: ReadonlySet<string> = new Set(['packages', 'files']);

/** BuildKit's largest documents have a few megabytes. */
const sizeLimit = 64 << 20;

/**
 * The SPDX lists of an in-toto statement (in-toto attestation framework, "Statement") about an image. File
 * names are moved below the image's folder, and identifiers are made unique. LinuxKit leaves them as they
 * are, so those of two images may collide.
 * @param mark is put into every identifier: `1-`
 * @throws KitError for a file that is not such a statement
 */
export async function statementLists(path: string, image: SbomImage, mark: string): Promise<SpdxLists> {
  const document = predicate(await readStatement(path, image), image);
  if (depthOf(document) > depthLimit) throw unreadable(image, 'it is nested too deep');
  const ids = definedIds(document);
  const rename = (text: string): string =>
    ids.has(text) ? marked(text, mark) : text.replace(/\bLicenseRef-[\w.-]+/g, (id) => marked(id, mark));
  const lists = listKeys.flatMap((key) => {
    const list = document[key];
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) throw unreadable(image, `"${key}" is not a list`);
    const isElement = (item: unknown): boolean =>
      isObject(item) && (!elementKeys.has(key) || typeof item.SPDXID === 'string');
    if (!list.every(isElement)) throw unreadable(image, `"${key}" holds something that SPDX does not know`);
    return [[key, list.map((item) => renamed(item, rename)).map((item) => placed(key, item, image.prefix))]];
  });
  return Object.fromEntries(lists) as SpdxLists;
}

async function readStatement(path: string, image: SbomImage): Promise<unknown> {
  try {
    const { size } = await stat(path);
    if (size > sizeLimit) throw new RangeError(`${size} bytes are more than ${sizeLimit}`);
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    throw unreadable(image, reasonOf(thrown));
  }
}

type Json = Readonly<Record<string, unknown>>;

function predicate(statement: unknown, image: SbomImage): Json {
  const found = isObject(statement) ? statement.predicate : undefined;
  // SPDX 3 has a different structure.
  if (!isObject(found) || !String(found.spdxVersion).startsWith('SPDX-2.')) {
    throw unreadable(image, 'it holds no document of SPDX 2');
  }
  return found;
}

/** Identifiers that the document defines, other than its own: it is merged into ours. */
function definedIds(document: Json): ReadonlySet<string> {
  const items = listKeys.flatMap((key) => (Array.isArray(document[key]) ? document[key] : []));
  const ids = items.map((item) => (isObject(item) ? item.SPDXID : undefined));
  return new Set(ids.filter((id): id is string => typeof id === 'string' && id !== documentId));
}

const marked = (id: string, mark: string): string => id.replace(/^([A-Za-z]+Ref-)/, `$1${mark}`);

const depthLimit = 50;

/** The nesting depth of lists and objects, counted up to just beyond the limit. */
function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > depthLimit) return depth;
  return Object.values(value).reduce((most: number, item) => Math.max(most, depthOf(item, depth + 1)), depth);
}

function renamed(value: unknown, rename: (text: string) => string): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renamed(item, rename)]));
}

function placed(list: string, item: unknown, prefix: string): unknown {
  const key = list === 'files' ? 'fileName' : list === 'packages' ? 'packageFileName' : undefined;
  if (key === undefined || !isObject(item) || typeof item[key] !== 'string') return item;
  return { ...item, [key]: posix.join(prefix, item[key]) };
}

function unreadable({ name }: SbomImage, why: string): KitError {
  return new KitError(`Cannot read the bill of materials of image "${name}": ${why}`, {
    hint: '--no-sbom builds without',
  });
}
