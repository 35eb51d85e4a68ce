import { KitError } from '../../lib/errors/errors.ts';
import { readArguments } from '../../lib/service/service.ts';
import type { StartupLimits } from './startups/startups.ts';

/** The settings of the command line; the defaults are for pkg/sshd. */
export interface Settings {
  readonly port: number;
  /** An address; undefined means all addresses of both families. */
  readonly listen: string | undefined;
  /** Folder of the host keys, created when missing. */
  readonly hostKeys: string;
  /** Files in sshd's authorized_keys format, read again at each login; a missing file counts as empty. */
  readonly authorizedKeys: readonly string[];
  /** Files with keys that sign certificates of users, read again at each login. */
  readonly trustedUserCa: readonly string[];
  /** The only user that may log in. */
  readonly user: string;
  readonly home: string;
  readonly shell: string;
  /** Time to authenticate, in milliseconds. */
  readonly loginGraceMs: number;
  /** Connections that have not logged in; `perSource` and `begin` … `full` as in startups.ts. */
  readonly startups: StartupLimits;
  /** Whether sources whose connections fail are refused for a time. */
  readonly penalties: boolean;
}

export const limits = {
  /** Connections that have logged in. */
  connections: 128,
  connectionsOfKey: 64,
  /** Channels of one connection: sessions and forwarded connections, in both directions. */
  channels: 64,
  /** Programs at a time of one connection, as MaxSessions of sshd_config(5). */
  sessions: 10,
  /** Refused requests of one connection. */
  loginTries: 10,
  /** All requests of one connection, also those that ask whether a key would do. */
  loginRequests: 64,
  /** Variables of one session. */
  variables: 32,
} as const;

/** Reads the command line. @throws KitError with exit code 2. */
export function readSettings(): Settings {
  const { loginGrace, maxStartups, perSource, noPenalties, ...values } = readArguments({
    port: { type: 'integer', min: 0, max: 65_535, default: 22 },
    listen: { type: 'string' },
    hostKeys: { type: 'string', default: '/var/lib/sshd' },
    authorizedKeys: {
      type: 'string',
      multiple: true,
      default: ['/run/config/ssh/authorized_keys', '/root/.ssh/authorized_keys'],
    },
    trustedUserCa: { type: 'string', multiple: true, default: [] },
    user: { type: 'string', default: 'root' },
    home: { type: 'string', default: '/root' },
    shell: { type: 'string', default: '/bin/sh' },
    loginGrace: { type: 'integer', min: 1, max: 3600, default: 60 },
    maxStartups: { type: 'string', default: '32:30:100' },
    perSource: { type: 'integer', min: 1, max: 1000, default: 24 },
    noPenalties: { type: 'boolean' },
  });
  return {
    ...values,
    loginGraceMs: 1000 * loginGrace,
    startups: { ...startupLimits(maxStartups), perSource },
    penalties: !noPenalties,
  };
}

/** `begin:rate:full`, as MaxStartups of sshd_config(5). */
function startupLimits(text: string): Omit<StartupLimits, 'perSource'> {
  const [begin = 0, rate = 0, full = 0] = (/^(\d{1,4}):(\d{1,3}):(\d{1,4})$/.exec(text) ?? [])
    .slice(1)
    .map(Number);
  if (begin > 0 && begin <= full && rate > 0 && rate <= 100) return { begin, rate, full };
  throw new KitError(`Cannot use --max-startups "${text}": not of the form begin:rate:full`, {
    hint: '32:30:100 refuses 30 % of new connections from 32 without a login on, and all at 100',
    exitCode: 2,
  });
}
