import type { Readable, Writable } from 'node:stream';
import type { TerminalSize } from '../../../lib/containerd/client.ts';

/** A program to run, and its terminal. */
export interface ExecRequest {
  /** Program and arguments; never empty. */
  readonly command: readonly string[];
  /** Undefined: pipes. */
  readonly terminal: TerminalSize | undefined;
  /** TERM for the terminal: `xterm-256color`. */
  readonly term: string;
}

/** A program that runs for a client of the control protocol. */
export interface Execution {
  readonly stdin: Writable;
  /** All output if there is a terminal. Ends when the program has closed it. */
  readonly stdout: Readable;
  readonly stderr: Readable | undefined;
  /** Resolves when the program has ended; 128 + signal if a signal killed it. */
  readonly exitStatus: Promise<number>;
  endInput(): void;
  resize(size: TerminalSize): void;
  /** `name`: SIGINT. */
  signal(name: string): void;
  /** For a client that has disconnected: sends SIGHUP, then SIGKILL, and closes all streams. */
  abandon(): void;
  /** A sentence that explains to the client how the program ended, if necessary. */
  note?(status: number): Promise<string | undefined>;
}

/** Milliseconds from SIGHUP to SIGKILL. */
export const hangUpMs = 2000;
