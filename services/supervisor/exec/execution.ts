import type { Readable, Writable } from 'node:stream';
import type { TerminalSize } from '../../../lib/containerd/client.ts';

/** What to run, and how. */
export interface ExecRequest {
  /** Program and arguments; never empty. */
  readonly command: readonly string[];
  /** Undefined: pipes. */
  readonly terminal: TerminalSize | undefined;
  /** `xterm-256color`; for a terminal. */
  readonly term: string;
}

/** A program that runs for a client of the control protocol. */
export interface Execution {
  readonly stdin: Writable;
  /** The terminal's output, when there is one. Ends with the program. */
  readonly stdout: Readable;
  readonly stderr: Readable | undefined;
  /** Its exit status, or 128 + signal. */
  readonly ended: Promise<number>;
  endInput(): void;
  resize(size: TerminalSize): void;
  /** `name`: SIGINT. */
  signal(name: string): void;
  /** The client has gone: hangs up, kills what does not listen, and lets go of everything. */
  abandon(): void;
  /** A sentence about its end for the person at the other end, when there is something to say. */
  note?(status: number): Promise<string | undefined>;
}

/** How long a program has after SIGHUP until SIGKILL, in milliseconds. */
export const hangUpMs = 2000;
