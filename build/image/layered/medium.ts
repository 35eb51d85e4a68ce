import { fileBody, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { keyHash } from '../../cache/derived.ts';
import { piecesBytes } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import type { Medium } from '../plan/boot-image.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { type InitrdContents, layerIndexText, mediumInitrdPieces } from './initrd.ts';

/**
 * The layered layout with its root on a medium: layers as plain files, and a small initrd with their index.
 */
export async function layeredMedium(contents: InitrdContents, services: number, work: Work): Promise<Medium> {
  const initrd = await mediumInitrdPieces(contents, work);
  return {
    initrd,
    memoryMiB: memoryNeeded(piecesBytes(initrd), services),
    id: keyHash(layerIndexText(contents)),
    layout: 'layered',
    entries: () => mediumEntries(contents),
  };
}

function* mediumEntries(contents: InitrdContents): Generator<TarEntry> {
  yield tarEntry({ path: '', type: 'directory' });
  yield tarEntry({ path: 'layers', type: 'directory' });
  yield textEntry('layers/index', layerIndexText(contents));
  for (const { id, file, bytes } of contents.layers)
    yield tarEntry({ path: `layers/${id}.erofs`, size: bytes, body: fileBody(file) });
}
