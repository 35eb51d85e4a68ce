import type { Service, StatusReply } from '../../lib/control/generated/control.ts';

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
}

export function serviceRow(service: Service): ServiceRow {
  const { name, section, state, restarts, pid, lastExit, memoryBytes } = service;
  return { name, section, state, restarts, pid, lastExit, memoryBytes: Number(memoryBytes) };
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
    ['SECTION', 'SERVICE', 'STATE', 'RESTARTS', 'PID', 'MEMORY', 'LAST EXIT'],
    ...services.map(({ section, name, state, restarts, pid, memoryBytes, lastExit }) => [
      section,
      name,
      state,
      String(restarts),
      pid === 0 ? '-' : String(pid),
      memoryBytes === 0 ? '-' : `${(memoryBytes / (1 << 20)).toFixed(1)} MiB`,
      lastExit,
    ]),
  ];
}
