import { parseArgs } from 'node:util';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';

/** The settings of the command line; the defaults are for pkg/sshd. */
export interface Settings {
  readonly port: number;
  /** An address; undefined means all addresses of both families. */
  readonly listen: string | undefined;
  /** Folder of the host keys, created when missing. */
  readonly hostKeys: string;
  /** Files in sshd's authorized_keys format, read again at each login; a missing file counts as empty. */
  readonly authorizedKeys: readonly string[];
  /** The only user that may log in. */
  readonly user: string;
  readonly home: string;
  readonly shell: string;
  /** Time to authenticate, in milliseconds. */
  readonly loginGraceMs: number;
}

export const limits = {
  connections: 128,
  /** Connections that have not logged in yet. */
  logins: 64,
  /** Channels of one connection: sessions and forwarded connections. */
  channels: 64,
  loginTries: 10,
} as const;

/** Reads the command line. @throws KitError with exit code 2. */
export function readArguments(args: readonly string[]): Settings {
  const { values } = parse(args);
  return {
    port: whole('port', values.port, 65_535),
    listen: values.listen,
    hostKeys: values['host-keys'],
    authorizedKeys: values['authorized-keys'],
    user: values.user,
    home: values.home,
    shell: values.shell,
    loginGraceMs: 1000 * whole('login-grace', values['login-grace'], 3600),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '22' },
        listen: { type: 'string' },
        'host-keys': { type: 'string', default: '/var/lib/sshd' },
        'authorized-keys': {
          type: 'string',
          multiple: true,
          default: ['/run/config/ssh/authorized_keys', '/root/.ssh/authorized_keys'],
        },
        user: { type: 'string', default: 'root' },
        home: { type: 'string', default: '/root' },
        shell: { type: 'string', default: '/bin/sh' },
        'login-grace': { type: 'string', default: '60' },
      },
    });
  } catch (error) {
    throw new KitError(`Cannot read the command line: ${reasonOf(error)}`, { exitCode: 2, cause: error });
  }
}

function whole(name: string, text: string, max: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) <= max) return Number(text);
  throw new KitError(`Cannot use --${name} "${text}": not a whole number up to ${max}`, { exitCode: 2 });
}
