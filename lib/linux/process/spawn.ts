import { type SpawnOptions, spawn } from 'node:child_process';
import { errorMonitor } from 'node:events';
import { codeOf } from '../../errors/errors.ts';
import { notStarted } from '../../errors/not-started.ts';

/**
 * spawn of node:child_process, whose errors say why a program did not start: `Cannot run "x": it is not
 * there`. As there, some reasons come as the child's "error", others (a file as the working directory) are
 * thrown.
 */
export const spawnProgram = ((file: string, args: readonly string[], options: SpawnOptions) => {
  const explain = (thrown: unknown): void => {
    if (thrown instanceof Error && codeOf(thrown) !== 'ABORT_ERR')
      thrown.message = `Cannot run "${file}": ${notStarted(thrown, attemptOf(file, options)).reason}`;
  };
  try {
    const child = spawn(file, [...args], options);
    // Before every listener, and without being one: an error that nobody listens to stays such.
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

/** How a process ended, as Node's "exit" and "close" tell it: `with status 3`, `by SIGKILL`. */
export const endedHow = (status: number | null, signal: NodeJS.Signals | null): string =>
  signal === null ? `with status ${status}` : `by ${signal}`;
