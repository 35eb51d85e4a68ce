import { readFileSync } from 'node:fs';
import { KitError } from '../../lib/errors/errors.ts';
import { systemReason } from '../../lib/errors/system.ts';
import { readArguments } from '../../lib/service/service.ts';
import type { Pace } from './association/association.ts';
import type { Limits } from './clock/discipline.ts';
import type { ServerSources } from './servers/choose-servers.ts';
import { isHost, type ServerName } from './servers/names.ts';

export interface Settings {
  readonly sources: ServerSources;
  /** PEM of who may have signed the certificates of servers with NTS; undefined: those that Node trusts. */
  readonly ntsCa: string | undefined;
  /** `auto`, `off`, or the name of a clock of this machine. */
  readonly ptp: string;
  readonly pace: Pace;
  readonly limits: Limits;
  /** Folder of what this program says: `ready` and `status.json`. */
  readonly folder: string;
  /** File that keeps time and frequency over reboots. */
  readonly stateFile: string | undefined;
}

/** Debian's part of pool.ntp.org, one server of each quarter. */
const debianPool = [0, 1, 2, 3].map((number) => `${number}.debian.pool.ntp.org`);
const tenYears = 315_360_000;

/**
 * Reads `ntp [--server HOST]… [--pool HOST]… [--nts HOST]… [--nts-ca FILE] [--fallback HOST]… [--ptp
 * auto|off|NAME] [--max-step SECONDS] [--panic SECONDS] [--min-poll LOG2] [--max-poll LOG2] [--state FILE]
 * [--run-dir DIR] [--metadata-file FILE] [--lease-dir DIR]`.
 * @throws KitError on anything else
 */
export function readSettings(args?: readonly string[]): Settings {
  const values = readArguments(
    {
      server: { type: 'string', multiple: true },
      pool: { type: 'string', multiple: true },
      nts: { type: 'string', multiple: true },
      ntsCa: { type: 'string' },
      fallback: { type: 'string', multiple: true },
      ptp: { type: 'string', default: 'auto' },
      maxStep: { type: 'number', min: 0, max: 1e10, default: tenYears },
      panic: { type: 'number', min: 1, max: 1e10, default: 1000 },
      minPoll: { type: 'integer', min: 4, max: 17, default: 6 },
      maxPoll: { type: 'integer', min: 4, max: 17, default: 10 },
      state: { type: 'string' },
      runDir: { type: 'string', default: '/run/ntp' },
      metadataFile: { type: 'string', default: '/run/config/ntp/servers' },
      leaseDir: { type: 'string', default: '/run/dhcp' },
    },
    args && { args },
  );
  const { minPoll, maxPoll, maxStep, panic } = values;
  if (minPoll > maxPoll)
    throw new KitError(`Cannot use --min-poll ${minPoll}: more than --max-poll ${maxPoll}`, { exitCode: 2 });
  return {
    sources: {
      given: named(values),
      fallback: hosts('fallback', values.fallback.length > 0 ? values.fallback : debianPool, 'ntp', 1),
      metadataFile: values.metadataFile,
      leaseFolder: values.leaseDir,
    },
    ptp: values.ptp,
    ntsCa: values.ntsCa === undefined ? undefined : readCertificates(values.ntsCa),
    pace: { burstSeconds: 2, patience: 3, minPoll, maxPoll },
    limits: { maxStep, panic },
    folder: values.runDir,
    stateFile: values.state,
  };
}

/** @throws KitError if servers that prove who they are could be outvoted by others */
function named({ server, pool, nts }: Record<'server' | 'pool' | 'nts', readonly string[]>): ServerName[] {
  const plain = [...hosts('server', server, 'ntp', 1), ...hosts('pool', pool, 'ntp', 4)];
  const [first] = plain;
  if (nts.length > 0 && first)
    throw new KitError(
      `Cannot ask "${first.host}" without NTS beside --nts: such servers could outvote those with it`,
      { exitCode: 2 },
    );
  return [...plain, ...hosts('nts', nts, 'nts', 1)];
}

function hosts(
  flag: string,
  texts: readonly string[],
  protocol: 'ntp' | 'nts',
  addresses: number,
): ServerName[] {
  return texts.map((host) => {
    if (isHost(host)) return { protocol, host, addresses };
    throw new KitError(`Cannot use --${flag} ${JSON.stringify(host)}: neither a name nor an address`, {
      exitCode: 2,
    });
  });
}

function readCertificates(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new KitError(`Cannot read --nts-ca "${path}": ${systemReason(error)}`, {
      cause: error,
      exitCode: 2,
    });
  }
}
