import { goFlags, refuseWords } from '../../lib/service/go-flags.ts';
import { readArguments } from '../../lib/service/service.ts';

export interface Folders {
  /** Of the files. */
  readonly config: string;
  /** Of the kernel's settings. */
  readonly root: string;
}

/**
 * Reads `sysctl [-configDir /etc/sysctl.d] [-sysctlDir /proc/sys]`, or the same with `sysfs`: LinuxKit's
 * arguments and defaults. @throws KitError on anything else
 */
export function readSettings(
  name: 'sysctl' | 'sysfs',
  args: readonly string[] = process.argv.slice(2),
): Folders {
  const rootRow = { type: 'string', default: name === 'sysctl' ? '/proc/sys' : '/sys' } as const;
  const { configDir, rootDir, others } = readArguments(
    {
      configDir: { type: 'string', default: `/etc/${name}.d` },
      rootDir: rootRow,
      others: { type: 'string', multiple: true, positional: true },
    },
    { args: goFlags(args).map((word) => longFlag(word, name)) },
  );
  refuseWords(name, others, `-configDir FOLDER, -${name}Dir FOLDER`);
  return { config: configDir, root: rootDir };
}

const longFlag = (word: string, name: string): string =>
  word.replace(/^--configDir(?==|$)/, '--config-dir').replace(`--${name}Dir`, '--root-dir');
