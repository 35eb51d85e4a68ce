import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { piecesBytes } from '../../pieces/piece.ts';
import { keyHash } from '../../work/derived.ts';
import type { Medium } from '../plan/boot-image.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { type InitrdParts, layerIndex, mediumInitrdPieces } from './initrd.ts';

/** The layered layout with its root on a medium: layers as plain files, and a small initrd that knows their list. */
export function layeredMedium(parts: InitrdParts, services: number): Medium {
  const initrd = mediumInitrdPieces(parts);
  return {
    initrd,
    memoryMiB: memoryNeeded(piecesBytes(initrd), services),
    id: keyHash(layerIndex(parts)),
    layout: 'layered',
    entries: () => mediumEntries(parts),
  };
}

function* mediumEntries(parts: InitrdParts): Generator<TarEntry> {
  yield tarEntry({ path: '', type: 'directory' });
  yield tarEntry({ path: 'layers', type: 'directory' });
  yield textEntry('layers/index', layerIndex(parts));
  for (const { id, file, bytes } of parts.layers)
    yield tarEntry({ path: `layers/${id}.erofs`, size: bytes, body: fileBody(file) });
}
