import { join } from 'node:path';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Output } from './output.ts';

/** A format of one file that is written as it is made, and can go to standard output: `<name><suffix>`. */
export function streamed(suffix: string, stream: NonNullable<Output['stream']>): Output {
  return {
    root: 'none',
    own: suffix,
    stream,
    async write(image, place, work) {
      const path = join(place.dir, `${place.name}${suffix}`);
      return [{ path, bytes: await writePieces(path, () => stream(image, place, work), work.signal) }];
    },
  };
}
