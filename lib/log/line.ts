export type KernelLevel = 'emerg' | 'alert' | 'crit' | 'err' | 'warning' | 'notice' | 'info' | 'debug';

/** `kit`: what init and the supervisor say about the source. A level: of the kernel's log. */
export type LogStream = 'stdout' | 'stderr' | 'kit' | KernelLevel;

export interface LogLine {
  /** Milliseconds since the epoch by the guest's clock. */
  readonly t: number;
  readonly stream: LogStream;
  readonly msg: string;
}

/** A line where it is kept. */
export interface KeptLine extends LogLine {
  /** Its number: lines of a source are counted from 1, within a boot. A hole in the numbers is lines that were lost. */
  readonly n: number;
  /** Of the first process in the container when it was read; 0: not known. */
  readonly pid: number;
}

/**
 * Bytes. `total` is for all sources together; each keeps a segment even so. The rest of a line longer than `line` is
 * dropped.
 */
export const logLimits = { total: 16 << 20, source: 1 << 20, segment: 128 << 10, line: 16 << 10 } as const;
