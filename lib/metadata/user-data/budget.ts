import { KitError } from '../../errors/errors.ts';
import { maximalBytes } from '../metadata.ts';

/**
 * What taking user data apart may cost: a small file can hold many parts, each of which unpacks to much more,
 * and parts that hold parts. The trust in user data is judged before, on the bytes of its file.
 */
export interface Budget {
  /** Takes `count` bytes that unpacking has made. @throws KitError when there are none left */
  takeBytes(count: number): void;
  /** @throws KitError when there are not as many left */
  takeParts(count: number): void;
}

const unpackedBytes = 4 * maximalBytes;

/** Of all user data, however they lie in one another. */
export const maximalParts = 200;

/** How many parts may lie in one another, archives and compressed ones included. */
export const maximalDepth = 8;

export function newBudget(): Budget {
  let [bytes, parts] = [unpackedBytes, maximalParts];
  return {
    takeBytes(count) {
      bytes -= count;
      if (bytes < 0) throw new KitError(`its parts have more than ${unpackedBytes} bytes when unpacked`);
    },
    takeParts(count) {
      parts -= count;
      if (parts < 0) throw new KitError(`it has more than ${maximalParts} parts`);
    },
  };
}
