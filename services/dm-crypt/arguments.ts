import { KitError, readArguments } from '../../lib/service/service.ts';

export interface CryptSettings {
  /** Of the mapping, `/dev/mapper/<name>`. */
  readonly name: string;
  readonly device: string;
  /** Absolute path of the key. */
  readonly keyFile: string;
  readonly luks: boolean;
  /** What the device holds is lost, if this key does not open it. */
  readonly force: boolean;
}

/** Short options of LinuxKit's `crypto`, and their long names. */
const long: Readonly<Record<string, string>> = { '-l': '--luks', '-k': '--key-file', '--key': '--key-file' };

/**
 * Reads `crypto [-l|--luks] [-k|--key-file FILE] [--force] NAME DEVICE`: LinuxKit's arguments and defaults,
 * and --force. @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): CryptSettings {
  const { luks, keyFile, force, words } = readArguments(
    {
      luks: { type: 'boolean' },
      keyFile: { type: 'string', default: 'key' },
      force: { type: 'boolean' },
      words: { type: 'string', multiple: true, positional: true },
    },
    { args: args.map((word) => long[word] ?? word) },
  );
  const [name, device, ...others] = words;
  if (name === undefined || device === undefined || others.length > 0)
    throw new KitError('Cannot encrypt: it takes the name of the mapping and a device', {
      hint: 'crypto --luks data /dev/vdb1',
      exitCode: 2,
    });
  // A name becomes a path, and libdevmapper takes 127 characters.
  if (!/^[\w#+.:=@-]{1,127}$/.test(name) || /^\.{1,2}$/.test(name))
    throw new KitError(`Cannot use "${name}": it is no name of a mapping`, { exitCode: 2 });
  const path = keyFile.startsWith('/') ? keyFile : `/etc/dm-crypt/${keyFile}`;
  return { name, device, keyFile: path, luks, force };
}
