import { type TarEntry, tarBytes, tarEntry } from '../../lib/archive/tar.ts';
import { Bodies } from './bodies.ts';
import type { IndexedEntry } from './layer-entries.ts';
import type { LayerForm } from './unpacking/layer-form.ts';

/**
 * A layer as a tar that every program reads alike: each path once and after its parents, hard links after
 * their targets, overlayfs's own whiteouts (character devices 0:0). No name has a meaning of its own, so
 * whoever converts it does not have to know any.
 */
export async function* normalTar(form: LayerForm): AsyncGenerator<Uint8Array> {
  using bodies = new Bodies();
  yield* inPieces(tarBytes(normalEntries(form, bodies)));
}

function* normalEntries({ files, whiteouts }: LayerForm, bodies: Bodies): Generator<TarEntry> {
  // Without this entry mkfs.erofs makes the root folder world-writable.
  if (files[0]?.path !== '') yield tarEntry({ path: '', type: 'directory' });
  const first = new Map<IndexedEntry, string>();
  for (const { path, entry } of files) {
    const linkname = first.get(entry);
    if (linkname !== undefined) yield tarEntry({ path, type: 'hardlink', linkname });
    else yield bodies.entry({ ...entry, path });
    if (entry.type !== 'directory' && !isDevice(entry)) first.set(entry, path);
  }
  for (const path of whiteouts) yield tarEntry({ path, type: 'char', mode: 0 });
}

/**
 * The names of one device are no hard links: an ordinary user, who can make no device, could not unpack them.
 */
export const isDevice = ({ type }: IndexedEntry): boolean => type === 'char' || type === 'block';

/** Whether a device has several names. */
export function hasLinkedDevices({ files }: LayerForm): boolean {
  const devices = files.filter(({ entry }) => isDevice(entry));
  return new Set(devices.map(({ entry }) => entry)).size < devices.length;
}

/** Bytes of its tar, without PAX records. */
export function normalBytes({ files }: LayerForm): number {
  return files.reduce((sum, { entry: { size } }) => sum + 512 + Math.ceil(size / 512) * 512, 0);
}

/** Pieces of a megabyte: a write for each header would be slow. */
async function* inPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of pieces) {
    waiting.push(piece);
    bytes += piece.length;
    if (bytes < 1 << 20) continue;
    yield Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
  }
  yield Buffer.concat(waiting);
}
