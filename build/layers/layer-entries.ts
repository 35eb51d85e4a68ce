import { createReadStream } from 'node:fs';
import { readTar, type StoredEntry, type TarEntry } from '../../lib/archive/tar.ts';
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
  /** Of the body, in `file`. */
  readonly offset: number;
}

/** The entries of a layer, in their order. The archive is read once; the cache keeps its entries. */
export async function layerEntries({ diffId, path }: LayerTar, work: Work): Promise<IndexedEntry[]> {
  const rows = await derivedJson(work, `entries ${version} ${diffId}`, () =>
    tarRows(createReadStream(path, { highWaterMark: 1 << 20 }), path),
  );
  return rows.map((row) => fromRow(row, path, 0));
}

/** The entries of an archive that is a file of a layer. @param key identifies its content */
export async function nestedEntries(
  { file, offset, size, path }: IndexedEntry,
  key: string,
  work: Work,
): Promise<IndexedEntry[]> {
  const part = { start: offset, end: offset + size - 1, highWaterMark: 1 << 20 };
  const rows = await derivedJson(work, `entries ${version} ${key}`, async () =>
    size === 0 ? [] : tarRows(createReadStream(file, part), path),
  );
  return rows.map((row) => fromRow(row, file, offset));
}

/** Part of every key: raised when the form of rows changes. */
const version = 2;

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
];

async function tarRows(stream: AsyncIterable<Uint8Array>, name: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const entry of readTar(stream, name)) rows.push(toRow(entry));
  return rows;
}

function toRow(entry: StoredEntry): Row {
  const { path, type, mode, uid, gid, mtime, size, offset, linkname, devmajor, devminor } = entry;
  const pax = [...entry.pax].map(([key, value]) => [key, Buffer.from(value).toString('base64')] as const);
  const isDevice = type === 'char' || type === 'block';
  if (isDevice || pax.length > 0) {
    return [path, type, mode, uid, gid, mtime, size, offset, linkname, [devmajor, devminor], pax];
  }
  if (linkname !== '') return [path, type, mode, uid, gid, mtime, 0, 0, linkname];
  if (size > 0) return [path, type, mode, uid, gid, mtime, size, offset];
  return [path, type, mode, uid, gid, mtime];
}

const noRecords: ReadonlyMap<string, Uint8Array> = new Map();

function fromRow(row: Row, file: string, base: number): IndexedEntry {
  const [path, type, mode, uid, gid, mtime, size = 0, offset = 0, linkname = '', device = [0, 0], pax] = row;
  return {
    ...{ path, type, mode, uid, gid, mtime, size, linkname, file, offset: base + offset },
    ...{ devmajor: device[0], devminor: device[1] },
    pax: pax ? new Map(pax.map(([key, value]) => [key, Buffer.from(value, 'base64')])) : noRecords,
  };
}
