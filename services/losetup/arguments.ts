import { KitError, readArguments } from '../../lib/service/service.ts';

export interface LosetupSettings {
  readonly file: string;
  /** Bytes of the file that is made if there is none; undefined: there must be one. */
  readonly create: number | undefined;
  /** `/dev/loop0` */
  readonly device: string;
}

/** Short options of LinuxKit's `loopy`, and their long names. */
const long: Readonly<Record<string, string>> = { '-c': '--create', '-s': '--size', '-d': '--dev' };

/**
 * Reads `loopy [-c|--create] [-s|--size MIB] [-d|--dev DEVICE] FILE`: LinuxKit's arguments and defaults.
 * @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): LosetupSettings {
  const { create, size, dev, files } = readArguments(
    {
      create: { type: 'boolean' },
      size: { type: 'integer', min: 1, max: 2 ** 30, default: 10 },
      dev: { type: 'string', default: '/dev/loop0' },
      files: { type: 'string', multiple: true, positional: true },
    },
    { args: args.map((word) => long[word] ?? word) },
  );
  const [file, ...others] = files;
  if (file === undefined || others.length > 0)
    throw new KitError(`Cannot attach "${files.join(' ')}": it takes one file`, { exitCode: 2 });
  if (!/^\/dev\/loop\d{1,6}$/.test(dev))
    throw new KitError(`Cannot use --dev "${dev}": it is no loop device`, {
      hint: 'they are /dev/loop0, /dev/loop1, and so on; one that is not there is made',
      exitCode: 2,
    });
  return { file, create: create ? size * 2 ** 20 : undefined, device: dev };
}
