import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { GrowsTooLarge, ratioBound } from '../../binary/compressed/bound.ts';
import { compressionOf, unpacked } from '../../binary/compressed/compression.ts';

/**
 * A file of an archive without its compression: itself if it has none, else `out`.
 * @param title of the archive, for messages
 */
export async function decompressedFile(file: string, out: string, title: string): Promise<string> {
  const compression = await compressionOf(file);
  if (compression === 'none') return file;
  const bound = ratioBound((await stat(file)).size);
  try {
    await pipeline(unpacked(file, compression, bound), createWriteStream(out));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOSPC') throw thrown;
    const hint =
      thrown instanceof GrowsTooLarge ? 'if you trust it, decompress it, and import that' : undefined;
    throw new KitError(`Cannot import "${title}": ${reasonOf(thrown)}`, { cause: thrown, hint });
  }
  return out;
}
