import { goFlags, refuseWords } from '../../lib/service/go-flags.ts';
import { readArguments } from '../../lib/service/service.ts';

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
  refuseWords('binfmt', others, '-dir FOLDER, -mount FOLDER');
  return { folder: dir, mountPoint: mount };
}
