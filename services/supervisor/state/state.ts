import { backoff } from './backoff.ts';
import type { Ended } from './exit.ts';

/** What the state machine needs to know of a service; a part of lib/bundle's `Supervision`. */
export interface Policy {
  readonly restart: 'always' | 'on-failure' | 'no';
  readonly after: readonly string[];
  readonly probed: boolean;
  readonly stopSignal: string;
  readonly stopTimeoutMs: number;
}

/**
 * waiting: for the services named in `after`; starting: the driver is at it; running: the probe has not passed yet;
 * ready: it has, or there is none; stopping: a signal was sent, or will be once the start has come to an end.
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

export interface Service {
  readonly name: string;
  readonly policy: Policy;
  readonly phase: Phase;
  /** A start was ordered that has neither failed nor come to its process's end. At most one at any time. */
  readonly live: boolean;
  /** Which start this is; what the driver says of an earlier one is passed over. */
  readonly run: number;
  /** Whether it should be up: false after a person stopped it, and when the machine goes down. */
  readonly wanted: boolean;
  /** Start it again as soon as it is down. */
  readonly again: boolean;
  /** How far its stopping got. */
  readonly force: 'none' | 'asked' | 'killed';
  /** What is left of its time to stop when the timer goes off. */
  readonly stopLeftMs: number;
  /** The timer that counts; any other that goes off is an old one. 0: none. */
  readonly timer: number;
  /** 0: no process. */
  readonly pid: number;
  readonly startedMs: number;
  /** Starts after the first one. */
  readonly restarts: number;
  /** Failures in a row; decides the back-off. */
  readonly failures: number;
  /** Was ready once, or came to a good end: `after` is satisfied. */
  readonly reached: boolean;
  /** Failed at least once. */
  readonly failedOnce: boolean;
  /** `exit status 1`; empty: never ended. */
  readonly lastExit: string;
  /** What the probe says of this run since it was ready. */
  readonly health: Health;
}

/** unknown: there is no probe, or the service is not ready yet. */
export interface Health {
  readonly state: 'unknown' | 'healthy' | 'unhealthy';
  readonly sinceMs: number;
  /** Turns from healthy to unhealthy, over all runs. */
  readonly falls: number;
}

export interface World {
  /** In the order of starting. */
  readonly services: readonly Service[];
  /**
   * adopting: until `boot`, nothing is started; ending: everything is being stopped, nothing is started any more;
   * ended: all is down.
   */
  readonly course: 'adopting' | 'up' | 'ending' | 'ended';
  /** The `settled` action was given. */
  readonly settled: boolean;
  readonly lastTimer: number;
}

/** What happens to the machine. Times are milliseconds of a clock that only goes forward. */
export type Event =
  /** What was running is adopted: the rest may start. */
  | { readonly kind: 'boot' }
  | { readonly kind: 'start' | 'stop' | 'restart'; readonly name: string }
  | { readonly kind: 'stopAll' }
  /** A task of an earlier supervisor was found running. */
  | { readonly kind: 'adopted'; readonly name: string; readonly pid: number; readonly nowMs: number }
  | {
      readonly kind: 'started';
      readonly name: string;
      readonly run: number;
      readonly pid: number;
      readonly nowMs: number;
    }
  | { readonly kind: 'startFailed'; readonly name: string; readonly run: number; readonly reason: string }
  | {
      readonly kind: 'exited';
      readonly name: string;
      readonly run: number;
      /** Null when nobody saw how. */
      readonly exit: Ended | null;
      readonly nowMs: number;
    }
  | { readonly kind: 'ready'; readonly name: string; readonly run: number; readonly nowMs: number }
  /** The probe of a ready service has changed its mind. */
  | {
      readonly kind: 'health';
      readonly name: string;
      readonly run: number;
      readonly healthy: boolean;
      /** Why not: `port 8080 refuses connections`. */
      readonly why: string;
      readonly nowMs: number;
    }
  | { readonly kind: 'timer'; readonly name: string; readonly id: number; readonly nowMs: number };

/** What the driver is to do. It answers each `start` with `started` or `startFailed`, each `started` with `exited`. */
export type Action =
  | { readonly kind: 'start'; readonly name: string; readonly run: number }
  /** To the process of that run, or of none. */
  | { readonly kind: 'kill'; readonly name: string; readonly run: number; readonly signal: string }
  | { readonly kind: 'timer'; readonly name: string; readonly id: number; readonly ms: number }
  /** Try the probe until it passes, and then go on to see whether the service stays healthy, until the run ends. */
  | { readonly kind: 'probe'; readonly name: string; readonly run: number }
  /** Say it in the service's log, and on the console when a person should see it there. */
  | { readonly kind: 'report'; readonly name: string; readonly message: string; readonly console: boolean }
  /** It failed: keep what is needed to find out why. */
  | { readonly kind: 'incident'; readonly name: string; readonly run: number; readonly what: string }
  | { readonly kind: 'settled'; readonly failed: readonly string[] }
  /** All is down. */
  | { readonly kind: 'stopped' };

/** What the control protocol calls a phase. */
export function publicState(
  phase: Phase,
): 'starting' | 'ready' | 'running' | 'backoff' | 'stopped' | 'failed' {
  if (phase === 'waiting') return 'starting';
  if (phase === 'stopping') return 'running';
  return phase;
}

/** It fails again and again; only the longest wait is between its starts. */
export function isCrashLoop({ phase, failures }: Service): boolean {
  return failures >= backoff.loop && (phase === 'backoff' || phase === 'starting' || phase === 'running');
}

export const unknownHealth: Health = { state: 'unknown', sinceMs: 0, falls: 0 };

/** A service nobody has started yet. `kept`: what an earlier supervisor knew of it. */
export function newService(name: string, policy: Policy, kept: Partial<Service> = {}): Service {
  return {
    live: false,
    run: 0,
    wanted: true,
    again: false,
    force: 'none',
    stopLeftMs: 0,
    timer: 0,
    pid: 0,
    startedMs: 0,
    restarts: 0,
    failures: 0,
    reached: false,
    failedOnce: false,
    lastExit: '',
    health: unknownHealth,
    ...kept,
    phase: kept.wanted === false ? 'stopped' : 'waiting',
    name,
    policy,
  };
}

/** `services` in their order of starting (order.ts). */
export function newWorld(services: readonly Service[], settled = false): World {
  return { services, course: 'adopting', settled, lastTimer: 0 };
}
