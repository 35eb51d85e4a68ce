export type KernelLevel = 'emerg' | 'alert' | 'crit' | 'err' | 'warning' | 'notice' | 'info' | 'debug';

/**
 * `kit`: messages of init and the supervisor about the source. A level: lines of the kernel's log, and lines
 * of programs that begin with one (level.ts).
 */
export type LogStream = 'stdout' | 'stderr' | 'kit' | KernelLevel;

export interface LogLine {
  /** Milliseconds since the epoch, by the guest's clock. */
  readonly t: number;
  readonly stream: LogStream;
  readonly msg: string;
}

/** A line in a log file. */
export interface KeptLine extends LogLine {
  /**
   * Its number: the lines of a source are counted from 1 in each boot. A gap in the numbers is lost lines.
   */
  readonly n: number;
  /** The pid of the container's first process when the line was read; 0: unknown. */
  readonly pid: number;
}

/**
 * Bytes. `total` is for all sources together, but each source keeps at least one segment. A line longer than
 * `line` is cut.
 */
export const logLimits = { total: 16 << 20, source: 1 << 20, segment: 128 << 10, line: 16 << 10 } as const;
