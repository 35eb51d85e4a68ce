import type { ChildProcess, StdioOptions } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { reasonOf } from '../../lib/errors/errors.ts';
import { notStarted } from '../../lib/errors/not-started.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import { defaultPath } from '../../lib/process/default-path.ts';
import { signalName } from '../../lib/process/signals.ts';

/**
 * How a program ended: its exit status, 128 + the signal's number if killed; or why it could not be started.
 */
export type ProgramEnd =
  | { readonly status: number; readonly signal: string | null }
  | { readonly notStarted: string };

/** A program that init has started. */
export interface Program {
  /** Null unless its stdio has a pipe there. */
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  /**
   * Resolves when the program has exited or could not be started. Does not wait for the pipes: a grandchild
   * may hold them open for ever.
   */
  readonly ended: Promise<ProgramEnd>;
  kill(signal: NodeJS.Signals): void;
  /** Sends a message, if its stdio has an IPC channel that is still open. */
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** The environment of every program that init starts; that of a service comes from its bundle. */
const programEnvironment = {
  PATH: defaultPath,
  HOME: '/root',
  NO_COLOR: '1',
};

/** Never throws: `ended` reports a failure to start, also one that Node throws at once (ENOMEM). */
export function startProgram([file = '', ...args]: readonly string[], stdio: StdioOptions): Program {
  try {
    return programOf(spawnProgram(file, args, { env: programEnvironment, cwd: '/', stdio }));
  } catch (thrown) {
    return neverStarted(reasonOf(thrown));
  }
}

function programOf(child: ChildProcess): Program {
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    ended: endOf(child),
    kill: (signal) => void child.kill(signal),
    send(message) {
      // The program may exit meanwhile: `ended` reports that, so the error is ignored.
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
  };
}

const neverStarted = (reason: string): Program => ({
  stdout: null,
  stderr: null,
  ended: Promise.resolve({ notStarted: reason }),
  kill() {},
  send() {},
  onMessage() {},
});

function endOf(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    // Not `once`: a signal or a message that could not be delivered is an "error" event as well.
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      const { missing } = notStarted(error, { file: child.spawnfile, env: programEnvironment });
      const reason = missing ? `Cannot run "${child.spawnfile}": not in the image` : error.message;
      resolve({ notStarted: reason });
    });
    child.once('exit', (status, signal) => {
      resolve({ status: status ?? 128 + (signal ? constants.signals[signal] : 0), signal });
    });
  });
}

/** The end of a program that another one ran, which reports a signal as 128 + its number. */
export function reportedEnd(status: number): ProgramEnd {
  return { status, signal: signalName(status - 128) ?? null };
}

/** `exit status 1`, `killed by SIGKILL`, `Cannot run "crun": not in the image` */
export function describeEnd(end: ProgramEnd): string {
  if ('notStarted' in end) return end.notStarted;
  return end.signal ? `killed by ${end.signal}` : `exit status ${end.status}`;
}
