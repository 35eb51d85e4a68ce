import type { MachineState, PublishedPort } from '../records/state.ts';

/** A machine in `kit ps --json`. */
export interface MachineRow {
  readonly name: string;
  readonly state: MachineState;
  /** Seconds by the guest's own clock; since its start if it does not answer; 0 when it does not run. */
  readonly uptimeS: number;
  readonly publish: readonly PublishedPort[];
  /** The cluster that it belongs to, and its group there; null: none. */
  readonly cluster: string | null;
  readonly group: string | null;
  readonly services: readonly ServiceRow[];
  /** Why it ended, or why its services are unknown; empty otherwise. */
  readonly reason: string;
}

/** A service in `kit ps --json`. */
export interface ServiceRow {
  readonly name: string;
  readonly section: string;
  readonly state: string;
  readonly restarts: number;
  /** 0: not running. */
  readonly pid: number;
  /** `exit status 1`; empty: it has not ended yet. */
  readonly lastExit: string;
  readonly memoryBytes: number;
  /** Of it without page cache that was not used lately. */
  readonly workingSetBytes: number;
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
  /** Restarts because it had stayed unhealthy; counted in `restarts` as well. */
  readonly livenessRestarts: number;
  /** It failed five times in a row, or more. */
  readonly crashLoop: boolean;
  /** Processes of this run that the kernel's OOM killer ended. */
  readonly oomKills: number;
}

/** An incident in `kit incidents --json`. */
export interface IncidentRow {
  readonly service: string;
  /** `ended: exit status 1` */
  readonly what: string;
  /** Milliseconds since the epoch, of the first and the last of `count` in a row. */
  readonly firstMs: number;
  readonly lastMs: number;
  readonly count: number;
  /** It happened before the machine booted last. */
  readonly earlierBoot: boolean;
  readonly bootId: string;
  readonly stack: readonly string[];
  readonly lines: readonly { readonly timeMs: number; readonly stream: string; readonly message: string }[];
}
