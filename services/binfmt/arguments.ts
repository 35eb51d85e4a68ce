import { goFlags } from '../../lib/service/go-flags.ts';
import { KitError, readArguments } from '../../lib/service/service.ts';

export interface BinfmtSettings {
  /** Of the files with registrations. */
  readonly folder: string;
  /** Of the file system binfmt_misc. */
  readonly mountPoint: string;
}

/**
 * Reads `binfmt [-dir /etc/binfmt.d] [-mount /binfmt_misc]`: LinuxKit's arguments. @throws KitError on
 * anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): BinfmtSettings {
  const { dir, mount, others } = readArguments(
    {
      dir: { type: 'string', default: '/etc/binfmt.d' },
      mount: { type: 'string', default: '/binfmt_misc' },
      others: { type: 'string', multiple: true, positional: true },
    },
    { args: goFlags(args) },
  );
  if (others.length > 0)
    throw new KitError(`Cannot use "${others.join(' ')}": binfmt takes flags only`, {
      hint: '-dir FOLDER, -mount FOLDER',
      exitCode: 2,
    });
  return { folder: dir, mountPoint: mount };
}
