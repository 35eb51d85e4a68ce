import type { ProcessExit } from './exit.ts';
import type { Policy } from './state.ts';

/** A service of the set that an update brings. */
export interface ReplacedService {
  readonly name: string;
  readonly policy: Policy;
  /** It waits for its first start; otherwise it stays as it is. */
  readonly fresh: boolean;
  /** Of a fresh one: false if a client has stopped it. */
  readonly wanted: boolean;
}

/** Input of the state machine. Times are milliseconds of a monotonic clock. */
export type SupervisorEvent =
  /** Running tasks are adopted: start the others. */
  | { readonly kind: 'boot' }
  | { readonly kind: 'start' | 'stop' | 'restart'; readonly name: string }
  /** The machine is going down: stop every service in reverse start order. */
  | { readonly kind: 'shutdown' }
  /** An update: from now on, these are the services. */
  | { readonly kind: 'replace'; readonly services: readonly ReplacedService[] }
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
      /** Null when the exit status was lost. */
      readonly exit: ProcessExit | null;
      /** Whether the shim had ended, which is why the exit status was lost. */
      readonly shimEnded?: boolean;
      readonly nowMs: number;
    }
  | { readonly kind: 'ready'; readonly name: string; readonly run: number; readonly nowMs: number }
  /** The health of a ready service has changed. */
  | {
      readonly kind: 'health';
      readonly name: string;
      readonly run: number;
      readonly healthy: boolean;
      /** Why it is unhealthy: `port 8080 refuses connections`. */
      readonly why: string;
      readonly nowMs: number;
    }
  /** The answer to `checkDropped`: the kernel drops the signal. */
  | { readonly kind: 'dropped'; readonly name: string; readonly run: number; readonly nowMs: number }
  | { readonly kind: 'timer'; readonly name: string; readonly id: number; readonly nowMs: number };

/**
 * Output of the state machine: actions for the driver, which answers each `start` with `started` or
 * `startFailed`, and each `started` with `exited`.
 */
export type SupervisorAction =
  | { readonly kind: 'start'; readonly name: string; readonly run: number }
  /** Signals the process of that run; does nothing if another run has begun. */
  | { readonly kind: 'kill'; readonly name: string; readonly run: number; readonly signal: string }
  /** Find out whether the kernel drops that signal, as the process has no handler for it. */
  | { readonly kind: 'checkDropped'; readonly name: string; readonly run: number; readonly signal: string }
  | { readonly kind: 'timer'; readonly name: string; readonly id: number; readonly ms: number }
  /** Probe until ready, then keep watching the health until the run ends. */
  | { readonly kind: 'probe'; readonly name: string; readonly run: number }
  /** Write to the service's log, and to the console if `console`. */
  | { readonly kind: 'report'; readonly name: string; readonly message: string; readonly console: boolean }
  /** The service failed: record the information needed to find the cause. */
  | { readonly kind: 'incident'; readonly name: string; readonly run: number; readonly what: string }
  /** Every service has been ready, has finished or has failed once since the boot. Issued once. */
  | { readonly kind: 'settled'; readonly failed: readonly string[] }
  /** The shutdown has stopped, or given up on, every service. */
  | { readonly kind: 'down' };
