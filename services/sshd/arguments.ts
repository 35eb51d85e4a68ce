import { readArguments } from '../../lib/service/service.ts';

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
export function readSettings(): Settings {
  const { loginGrace, ...values } = readArguments({
    port: { type: 'integer', min: 0, max: 65_535, default: 22 },
    listen: { type: 'string' },
    hostKeys: { type: 'string', default: '/var/lib/sshd' },
    authorizedKeys: {
      type: 'string',
      multiple: true,
      default: ['/run/config/ssh/authorized_keys', '/root/.ssh/authorized_keys'],
    },
    user: { type: 'string', default: 'root' },
    home: { type: 'string', default: '/root' },
    shell: { type: 'string', default: '/bin/sh' },
    loginGrace: { type: 'integer', min: 0, max: 3600, default: 60 },
  });
  return { ...values, loginGraceMs: 1000 * loginGrace };
}
