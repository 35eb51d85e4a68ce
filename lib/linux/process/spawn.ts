import { type SpawnOptions, spawn } from 'node:child_process';
import { errorMonitor } from 'node:events';
import { codeOf } from '../../errors/errors.ts';
import { notStarted } from '../../errors/not-started.ts';

/**
 * spawn of node:child_process, with errors that say why a program could not be started: `Cannot run "x": it
 * is not there`. As in Node, some are "error" events of the child, and others (a file as the working
 * directory) are thrown.
 */
export const spawnProgram = ((file: string, args: readonly string[], options: SpawnOptions) => {
  const explain = (thrown: unknown): void => {
    if (thrown instanceof Error && codeOf(thrown) !== 'ABORT_ERR')
      thrown.message = `Cannot run "${file}": ${notStarted(thrown, attemptOf(file, options)).reason}`;
  };
  try {
    const child = spawn(file, [...args], options);
    // errorMonitor runs before all listeners and is none itself: an unhandled "error" event is still thrown.
    return child.on(errorMonitor, (thrown: unknown) => {
      if (child.pid === undefined) explain(thrown);
    });
  } catch (thrown) {
    explain(thrown);
    throw thrown;
  }
}) as typeof spawn;

function attemptOf(file: string, { env, cwd }: SpawnOptions) {
  return { file, env, cwd: cwd instanceof URL ? cwd.pathname : cwd };
}

/**
 * How a process ended, from the arguments of Node's "exit" and "close" events: `with status 3`, `by SIGKILL`.
 */
export const endedHow = (status: number | null, signal: NodeJS.Signals | null): string =>
  signal === null ? `with status ${status}` : `by ${signal}`;
