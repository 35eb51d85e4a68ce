import { createReadStream } from 'node:fs';
import { readTar, type Segment, type StoredEntry, type TarEntry } from '../../lib/archive/tar.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { derivedJson } from '../cache/derived.ts';
import type { Work } from '../work.ts';

/** A layer as an uncompressed tar. */
export interface LayerTar {
  readonly diffId: Digest;
  readonly path: string;
}

/** An entry of an archive on the disk, with the position of its body instead of the body. */
export interface IndexedEntry extends Omit<TarEntry, 'body'> {
  readonly file: string;
  /** Of the stored body, in `file`. */
  readonly offset: number;
  /** Of a sparse file: what is stored of its body, one after another. */
  readonly segments?: readonly Segment[] | undefined;
}

/** The entries of a layer, in their order. The archive is read once; the cache keeps its entries. */
export const layerEntries = ({ diffId, path }: LayerTar, work: Work): Promise<IndexedEntry[]> =>
  indexedEntries(diffId, path, () => tarRows(createReadStream(path, { highWaterMark: 1 << 20 }), path), work);

/** The entries of an archive that no later build has, so the cache need not keep them. */
export async function scratchEntries(path: string): Promise<IndexedEntry[]> {
  const rows = await tarRows(createReadStream(path, { highWaterMark: 1 << 20 }), path);
  return rows.map((row) => fromRow(row, path));
}

/** The entries of an archive in a file, from the cache or read. @param key identifies their content */
export async function indexedEntries(
  key: string,
  file: string,
  read: () => Promise<Row[]>,
  work: Work,
): Promise<IndexedEntry[]> {
  const rows = await derivedJson(work, `entries ${version} ${key}`, read);
  return rows.map((row) => fromRow(row, file));
}

/** Part of every key: raised when the form of rows changes, or the reader. */
const version = 3;

/** Compact, since a layer may have ten thousand entries. Missing elements at the end have their default. */
type Row = readonly [
  path: string,
  type: TarEntry['type'],
  mode: number,
  uid: number,
  gid: number,
  mtime: number,
  size?: number,
  offset?: number,
  linkname?: string,
  device?: readonly [major: number, minor: number],
  /** Values as base64: they are not always text. */
  pax?: readonly (readonly [key: string, value: string])[],
  nanoseconds?: number,
  segments?: readonly Segment[],
];

export async function tarRows(stream: TarEntry['body'], name: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const entry of readTar(stream, name)) rows.push(toRow(entry));
  return rows;
}

function toRow(entry: StoredEntry): Row {
  const { path, type, mode, uid, gid, mtime, size, offset, linkname, devmajor, devminor } = entry;
  const { nanoseconds, segments } = entry;
  const pax = [...entry.pax].map(([key, value]) => [key, Buffer.from(value).toString('base64')] as const);
  const isDevice = type === 'char' || type === 'block';
  const device = [devmajor, devminor] as const;
  const plain = [path, type, mode, uid, gid, mtime] as const;
  if (segments) return [...plain, size, offset, linkname, device, pax, nanoseconds, segments];
  if (nanoseconds > 0) return [...plain, size, offset, linkname, device, pax, nanoseconds];
  if (isDevice || pax.length > 0) return [...plain, size, offset, linkname, device, pax];
  if (linkname !== '') return [...plain, 0, 0, linkname];
  return size > 0 ? [...plain, size, offset] : plain;
}

const noRecords: ReadonlyMap<string, Uint8Array> = new Map();

function fromRow(row: Row, file: string): IndexedEntry {
  const [path, type, mode, uid, gid, mtime, size = 0, offset = 0, linkname = '', ...rest] = row;
  const [device = [0, 0], pax, nanoseconds = 0, segments] = rest;
  return {
    ...{ path, type, mode, uid, gid, mtime, nanoseconds, size, linkname, file, offset },
    ...{ devmajor: device[0], devminor: device[1], segments },
    pax: pax ? new Map(pax.map(([key, value]) => [key, Buffer.from(value, 'base64')])) : noRecords,
  };
}
