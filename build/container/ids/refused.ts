import { readFileSync } from 'node:fs';
import { KitError } from '../../../lib/errors/errors.ts';
import type { ProgramError } from '../../host/program.ts';

/** A setting of the host that keeps ordinary users from making namespaces. */
interface Setting {
  readonly file: string;
  /** The value that forbids it. */
  readonly value: string;
  readonly hint: string;
}

const sysctl = (name: string, value: string): string => `as root: sysctl -w ${name}=${value}`;

const settings: readonly Setting[] = [
  {
    file: '/proc/sys/user/max_user_namespaces',
    value: '0',
    hint: sysctl('user.max_user_namespaces', '65536'),
  },
  // Debian's, and of kernels derived from it.
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    value: '0',
    hint: sysctl('kernel.unprivileged_userns_clone', '1'),
  },
  // Ubuntu 23.10 and newer: a namespace can be made, but gives no privileges in it.
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    value: '1',
    hint: sysctl('kernel.apparmor_restrict_unprivileged_userns', '0'),
  },
];

const otherwise = 'kit run without "container" needs no namespaces';

/** The error that says which setting of the host forbids namespaces. `proc`: for tests. */
export function namespacesRefused(
  { stderr, ending }: Pick<ProgramError, 'stderr' | 'ending'>,
  cause: unknown,
  proc = '/proc',
): KitError {
  const found = settings.find(({ file, value }) => readSetting(file.replace('/proc', proc)) === value);
  const why = found
    ? `${found.file} is ${found.value}, which forbids user namespaces`
    : inSandbox(proc)
      ? 'the container or sandbox around it forbids user namespaces'
      : stderr.trim().split('\n')[0] || ending;
  return new KitError(`Cannot run a container: ${why}`, {
    hint: found ? `${found.hint}; ${otherwise}` : otherwise,
    cause,
  });
}

/** A seccomp filter, as container runtimes set one (proc_pid_status(5)). */
const inSandbox = (proc: string): boolean => /^Seccomp:\s*2$/m.test(readSetting(`${proc}/self/status`));

function readSetting(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
