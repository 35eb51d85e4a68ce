import type { Liveness } from '../../../lib/bundle/bundle.ts';
import { backoff } from './backoff.ts';

/** The part of a bundle's `Supervision` (lib/bundle) that decides transitions. */
export interface Policy {
  readonly restart: 'always' | 'on-failure' | 'no';
  readonly after: readonly string[];
  readonly probed: boolean;
  readonly stopSignal: string;
  readonly stopTimeoutMs: number;
  /** Absent: an unhealthy service is reported, and left as it is. */
  readonly liveness?: Liveness;
}

/**
 * waiting: for the services named in `after`; starting: the driver is creating the task; running: the probe
 * has not passed yet; ready: the probe has passed, or there is none; stopping: a signal was sent, or will be
 * once the start has finished; backoff: failed, to be started again when the timer fires.
 */
export type Phase =
  | 'waiting'
  | 'starting'
  | 'running'
  | 'ready'
  | 'stopping'
  | 'backoff'
  | 'stopped'
  | 'failed';

export interface ServiceState {
  readonly name: string;
  readonly policy: Policy;
  readonly phase: Phase;
  /** A start was ordered whose failure or exit has not been reported yet. At most one at any time. */
  readonly live: boolean;
  /** The number of the current start. Events of other runs are ignored. */
  readonly run: number;
  /** Whether it should be up; false after a client has stopped it, and during a shutdown. */
  readonly wanted: boolean;
  /** Start it again as soon as it has stopped. */
  readonly startAfterStop: boolean;
  /** What the current stop has sent so far. */
  readonly stopSent: 'none' | 'stopSignal' | 'SIGKILL';
  /** The remaining stop timeout when the current timer fires. */
  readonly stopLeftMs: number;
  /** The only timer whose event is handled; 0: none. */
  readonly timerId: number;
  /** 0: no process. */
  readonly pid: number;
  readonly startedMs: number;
  /** Starts after the first one. */
  readonly restarts: number;
  /** Failures in a row; decides the back-off. */
  readonly failures: number;
  /** Was ready once, or exited successfully: satisfies `after`. */
  readonly reached: boolean;
  /** Failed at least once. */
  readonly failedOnce: boolean;
  /** `exit status 1`; empty: never exited. */
  readonly lastExit: string;
  /** Probe results of this run since it became ready. */
  readonly health: Health;
  readonly liveness: LivenessRestarts;
  /** It is being stopped because it stayed unhealthy, to be started again (liveness.ts). */
  readonly isReviving: boolean;
}

/** Restarts of a service that had stayed unhealthy. */
export interface LivenessRestarts {
  /** When those within the window of its policy were ordered, oldest first: at most its budget. */
  readonly times: readonly number[];
  /** Since the boot. */
  readonly count: number;
  /** The budget is used up, which was reported. */
  readonly isSpent: boolean;
}

/** unknown: there is no probe, or the service is not ready yet. */
export interface Health {
  readonly state: 'unknown' | 'healthy' | 'unhealthy';
  readonly sinceMs: number;
  /** Changes from healthy to unhealthy, over all runs. */
  readonly falls: number;
  /** `port 80 refuses connections`; empty if it is healthy. */
  readonly why: string;
}

/** The supervisor's state of all services. */
export interface SupervisorState {
  /** In start order. */
  readonly services: readonly ServiceState[];
  /**
   * adopting: nothing is started until `boot`; shuttingDown: services are stopped one by one and none is
   * started; down: no service is left to stop.
   */
  readonly stage: 'adopting' | 'up' | 'shuttingDown' | 'down';
  /** The `settled` action was issued. */
  readonly settled: boolean;
  readonly lastTimerId: number;
}

/** The name of a phase in the control protocol. */
export function protocolState(
  phase: Phase,
): 'starting' | 'ready' | 'running' | 'backoff' | 'stopped' | 'failed' {
  if (phase === 'waiting') return 'starting';
  if (phase === 'stopping') return 'running';
  return phase;
}

/** Whether it is in a crash loop: five or more failures in a row and not ready since. */
export function isCrashLoop({ phase, failures }: ServiceState): boolean {
  return failures >= backoff.loop && (phase === 'backoff' || phase === 'starting' || phase === 'running');
}

export const unknownHealth: Health = { state: 'unknown', sinceMs: 0, falls: 0, why: '' };

const noLivenessRestarts: LivenessRestarts = { times: [], count: 0, isSpent: false };

/** A service before its first start. `saved`: its state as saved by an earlier supervisor process. */
export function newService(name: string, policy: Policy, saved: Partial<ServiceState> = {}): ServiceState {
  return {
    live: false,
    run: 0,
    wanted: true,
    startAfterStop: false,
    stopSent: 'none',
    stopLeftMs: 0,
    timerId: 0,
    pid: 0,
    startedMs: 0,
    restarts: 0,
    failures: 0,
    reached: false,
    failedOnce: false,
    lastExit: '',
    health: unknownHealth,
    liveness: noLivenessRestarts,
    isReviving: false,
    ...saved,
    phase: saved.wanted === false ? 'stopped' : 'waiting',
    name,
    policy,
  };
}

/** `services` in start order (start-order.ts). */
export function initialState(services: readonly ServiceState[], settled = false): SupervisorState {
  return { services, stage: 'adopting', settled, lastTimerId: 0 };
}
