import { KitError, readArguments } from '../../lib/service/service.ts';
import { parseBytes, type SwapCondition, swapCondition } from './condition.ts';

export interface SwapSettings {
  /** A file below /var, which is made, or a block device below /dev. */
  readonly path: string;
  /** Of the file, in bytes; undefined for a device. */
  readonly bytes: number | undefined;
  /** With a key that nobody knows, and that is gone when the machine ends. */
  readonly encrypt: boolean;
  readonly conditions: readonly SwapCondition[];
}

/**
 * Reads `swap.sh --path P --size N[KMG] [--encrypt] [--debug] [--condition C]...`: LinuxKit's arguments; P
 * may be a block device as well, which has its size. @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): SwapSettings {
  const { path, size, encrypt, condition } = readArguments(
    {
      path: { type: 'string', required: true },
      size: { type: 'string' },
      encrypt: { type: 'boolean' },
      debug: { type: 'boolean' },
      condition: { type: 'string', multiple: true },
    },
    { args },
  );
  const isDevice = /^\/dev\/./.test(path);
  if (!isDevice && !/^\/var\/./.test(path))
    throw wrongUse(`Cannot swap to "${path}": it is neither a file below /var nor a device below /dev`);
  if (isDevice && size !== undefined)
    throw wrongUse(`Cannot use --size "${size}": the device "${path}" has its size`);
  if (!isDevice && size === undefined) throw wrongUse('Cannot swap to a file: --size is missing');
  const bytes = size === undefined ? undefined : parseBytes(size);
  if (bytes !== undefined && bytes < 1 << 20)
    throw wrongUse(`Cannot use --size "${size}": swap space has at least 1M`);
  return { path, bytes, encrypt, conditions: condition.map(swapCondition) };
}

const wrongUse = (message: string): KitError => new KitError(message, { exitCode: 2 });
