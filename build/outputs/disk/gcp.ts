import { tarEntry } from '../../../lib/archive/tar.ts';
import { blockSize, encodeHeader, octalLimit } from '../../../lib/archive/tar-header.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { storingGzip } from '../../binary/gzip/storing-gzip.ts';
import { type Piece, padded, piecesBytes } from '../../pieces/piece.ts';

/** The name that Google Cloud requires for the only file of the archive. */
export const gcpDiskName = 'disk.raw';

/**
 * A disk as Google Cloud imports it: a gzipped tar of one file, `disk.raw`, of whole GiB. Google reads old
 * GNU tars only, so there are no PAX records. @throws KitError for a disk whose size does not fit into the
 * tar header
 */
export function gcp(disk: readonly Piece[]): () => AsyncGenerator<Uint8Array> {
  const size = piecesBytes(disk);
  if (size > octalLimit(12)) {
    throw new KitError(
      `Cannot make a disk of ${size / 2 ** 30} GiB for Google Cloud: its archive holds less than 8`,
      {
        hint: 'make a smaller one, and give the machine a larger disk when you create it there',
      },
    );
  }
  const header = encodeHeader({ ...tarEntry({ path: gcpDiskName, size }), flag: '0' });
  return () => storingGzip(padded([header, ...disk, { hole: 2 * blockSize }], { unit: blockSize }));
}
