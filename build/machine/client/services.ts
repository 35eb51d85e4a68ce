import type { Service, StatusReply } from '../../../lib/control/generated/control.ts';
import { durationText } from './duration.ts';

/** A service in `kit ps --json`. */
export interface ServiceRow {
  readonly name: string;
  readonly section: string;
  readonly state: string;
  readonly restarts: number;
  /** 0: not running. */
  readonly pid: number;
  /** `exit status 1`; empty: it never ended. */
  readonly lastExit: string;
  readonly memoryBytes: number;
  /** 0: no limit. */
  readonly memoryLimitBytes: number;
  /** Processor time since it started, in seconds. */
  readonly cpuS: number;
  readonly processes: number;
  /** Seconds since it started; 0: not running. */
  readonly ageS: number;
  /** unknown: it has no probe, or is not ready yet. */
  readonly health: string;
  readonly healthAgeS: number;
  /** How often it became unhealthy. */
  readonly healthFalls: number;
  /** It failed five times in a row, or more. */
  readonly crashLoop: boolean;
  /** Processes of this run that the kernel killed for want of memory. */
  readonly oomKills: number;
}

export function serviceRow(service: Service): ServiceRow {
  const { memoryBytes, memoryLimitBytes, cpuUsec, ...rest } = service;
  return {
    ...rest,
    memoryBytes: Number(memoryBytes),
    memoryLimitBytes: Number(memoryLimitBytes),
    cpuS: Number(cpuUsec) / 1e6,
  };
}

/** Where a machine is on its way: every service ready; one that will not be, and why; or neither yet. */
export type Settled =
  | { readonly kind: 'ready' }
  | { readonly kind: 'waiting'; readonly for: readonly string[] }
  | { readonly kind: 'failed'; readonly failures: readonly string[] };

/** A service that died this often is not going to be ready soon. */
const hopelessRestarts = 5;

/** Onboot containers are not waited for: services only start when they are over. */
export function settled({ services }: StatusReply): Settled {
  const wanted = services.filter(({ section }) => section === 'services');
  const failures = wanted.filter(isHopeless).map(failureText);
  if (failures.length > 0) return { kind: 'failed', failures };
  const waiting = wanted.filter(({ state }) => state !== 'ready' && state !== 'stopped');
  return waiting.length === 0 ? { kind: 'ready' } : { kind: 'waiting', for: waiting.map(({ name }) => name) };
}

function isHopeless({ state, restarts, lastExit }: Service): boolean {
  // One that ended well and is not to be restarted has done its work.
  if (state === 'stopped') return lastExit !== '' && lastExit !== 'exit status 0';
  return state === 'failed' || (state === 'backoff' && restarts >= hopelessRestarts);
}

/** `redis is in back-off after 5 restarts: exit status 1` */
export function failureText({ name, state, restarts, lastExit }: Service): string {
  const what = state === 'backoff' ? `does not stay up (${restarts} restarts)` : `is ${state}`;
  return `${name} ${what}${lastExit ? `: ${lastExit}` : ''}`;
}

/** What a person sees of the services: aligned columns, one line each, a heading first. */
export function serviceLines(services: readonly ServiceRow[]): string[][] {
  return [
    ['SECTION', 'SERVICE', 'STATE', 'AGE', 'RESTARTS', 'PID', 'CPU', 'MEMORY', 'LAST EXIT'],
    ...services.map((service) => [
      service.section,
      service.name,
      stateText(service),
      service.ageS === 0 ? '-' : durationText(service.ageS),
      String(service.restarts),
      service.pid === 0 ? '-' : String(service.pid),
      service.cpuS === 0 ? '-' : `${service.cpuS.toFixed(1)} s`,
      memoryText(service),
      service.lastExit,
    ]),
  ];
}

/** The state, and what makes it a matter of concern. */
function stateText({ state, crashLoop, health }: ServiceRow): string {
  if (crashLoop) return 'crash loop';
  return health === 'unhealthy' ? 'unhealthy' : state;
}

/** `13.6 MiB`, `13.6 of 64 MiB` */
function memoryText({ memoryBytes, memoryLimitBytes }: ServiceRow): string {
  const mebibytes = (bytes: number) => bytes / (1 << 20);
  if (memoryBytes === 0) return '-';
  const used = mebibytes(memoryBytes).toFixed(1);
  return memoryLimitBytes === 0 ? `${used} MiB` : `${used} of ${mebibytes(memoryLimitBytes).toFixed(0)} MiB`;
}
