import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { constants } from 'node:os';
import { notStarted } from '../../lib/errors/not-started.ts';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';

/** How a program ended: its exit status, 128 + the signal's number; or, as a sentence, why it never ran. */
export type ProgramEnd =
  | { readonly status: number; readonly signal: NodeJS.Signals | null }
  | { readonly neverRan: string };

/** What all programs started by init find in their environment; the services' own comes from their bundles. */
export const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  NO_COLOR: '1',
};

export function startProgram([file = '', ...args]: readonly string[], options: SpawnOptions): ChildProcess {
  return spawnProgram(file, args, { env: environment, cwd: '/', ...options });
}

/** The end of a program, without waiting for its pipes: a grandchild may hold those for ever. */
export function endOf(child: ChildProcess): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    // Not once: a signal or a message that does not reach it is an "error" as well.
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      const { missing } = notStarted(error, { file: child.spawnfile, env: environment });
      resolve({ neverRan: missing ? `Cannot run "${child.spawnfile}": not in the image` : error.message });
    });
    child.once('exit', (status, signal) => {
      resolve({ status: status ?? 128 + (signal ? constants.signals[signal] : 0), signal });
    });
  });
}

const signalNames = new Map(
  Object.entries(constants.signals).map(([name, number]) => [128 + number, name as NodeJS.Signals]),
);

/** The end of what another program has run, which reports a signal as 128 + its number. */
export function reportedEnd(status: number): ProgramEnd {
  return { status, signal: signalNames.get(status) ?? null };
}

/** `exit status 1`, `killed by SIGKILL`, `Cannot run "crun": not in the image` */
export function describeEnd(end: ProgramEnd): string {
  if ('neverRan' in end) return end.neverRan;
  return end.signal ? `killed by ${end.signal}` : `exit status ${end.status}`;
}
