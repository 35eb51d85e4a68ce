import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { Part } from './parts.ts';
import { documentId, type SpdxDocument } from './spdx.ts';

/** The lists of an image's own document. */
export type OwnLists = Partial<
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

/** Lists of things that others refer to. */
const elementKeys: ReadonlySet<string> = new Set(['packages', 'files']);

/** BuildKit's largest are a few megabytes. */
const sizeLimit = 64 << 20;

/**
 * What an in-toto statement (in-toto attestation framework, "Statement") says about an image in SPDX, with file names
 * below the place that the image has, and with identifiers that no other document has. LinuxKit leaves identifiers as
 * they are, so that those of two images may mean each other's.
 * @param mark goes into every identifier: `1-`
 */
export async function statementLists(path: string, part: Part, mark: string): Promise<OwnLists> {
  const document = predicate(await readStatement(path, part), part);
  if (depthOf(document) > depthLimit) throw unreadable(part, 'it is nested too deep');
  const ids = definedIds(document);
  const rename = (text: string): string =>
    ids.has(text) ? marked(text, mark) : text.replace(/\bLicenseRef-[\w.-]+/g, (id) => marked(id, mark));
  const lists = listKeys.flatMap((key) => {
    const list = document[key];
    if (list === undefined || list === null) return [];
    if (!Array.isArray(list)) throw unreadable(part, `"${key}" is not a list`);
    const isElement = (item: unknown): boolean =>
      isObject(item) && (!elementKeys.has(key) || typeof item.SPDXID === 'string');
    if (!list.every(isElement)) throw unreadable(part, `"${key}" holds something that SPDX does not know`);
    return [[key, list.map((item) => renamed(item, rename)).map((item) => placed(key, item, part.prefix))]];
  });
  return Object.fromEntries(lists) as OwnLists;
}

async function readStatement(path: string, part: Part): Promise<unknown> {
  try {
    const { size } = await stat(path);
    if (size > sizeLimit) throw new RangeError(`${size} bytes are more than ${sizeLimit}`);
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    throw unreadable(part, reasonOf(thrown));
  }
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function predicate(statement: unknown, part: Part): Json {
  const found = isObject(statement) ? statement.predicate : undefined;
  // An SPDX 3 document has another shape altogether.
  if (!isObject(found) || !String(found.spdxVersion).startsWith('SPDX-2.')) {
    throw unreadable(part, 'it holds no document of SPDX 2');
  }
  return found;
}

/** Those of the document itself stay: it is merged into ours. */
function definedIds(document: Json): ReadonlySet<string> {
  const items = listKeys.flatMap((key) => (Array.isArray(document[key]) ? document[key] : []));
  const ids = items.map((item) => (isObject(item) ? item.SPDXID : undefined));
  return new Set(ids.filter((id): id is string => typeof id === 'string' && id !== documentId));
}

const marked = (id: string, mark: string): string => id.replace(/^([A-Za-z]+Ref-)/, `$1${mark}`);

const depthLimit = 50;

/** Of lists and objects in each other; not followed further than the limit. */
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

function unreadable({ name }: Part, why: string): KitError {
  return new KitError(`Cannot read the bill of materials of image "${name}": ${why}`, {
    hint: '--no-sbom builds without',
  });
}
