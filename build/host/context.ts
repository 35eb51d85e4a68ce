import type { Readable, Writable } from 'node:stream';

/** All that a command may know of the world around it; tests pass their own. */
export interface Context {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute path of the folder that relative paths of the user mean. */
  readonly cwd: string;
  /** Aborted by Ctrl-C or SIGTERM: long work stops, cleans up and rejects. */
  readonly signal: AbortSignal;
  /** What is to be closed when the command has ended, also after a failure. */
  readonly atEnd?: AsyncDisposableStack;
}
