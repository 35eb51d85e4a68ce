import { tarEntry } from '../../../lib/archive/tar.ts';
import { blockSize, encodeHeader } from '../../../lib/archive/tar-header.ts';
import { storingGzip } from '../../binary/gzip/storing-gzip.ts';
import { type Piece, padded, piecesBytes } from '../../pieces/piece.ts';

/** The name that Google Cloud requires for the only file of the archive. */
export const gcpDiskName = 'disk.raw';

/**
 * A disk as Google Cloud imports it: a gzipped tar of one file, `disk.raw`, of whole GiB. Google reads GNU's
 * form of tar only: its magic, no PAX records, and sizes from 8 GiB on in base 256.
 */
export function gcp(disk: readonly Piece[]): () => AsyncGenerator<Uint8Array> {
  const header = encodeHeader(
    { ...tarEntry({ path: gcpDiskName, size: piecesBytes(disk) }), flag: '0' },
    'gnu',
  );
  return () => storingGzip(padded([header, ...disk, { hole: 2 * blockSize }], { unit: blockSize }));
}
