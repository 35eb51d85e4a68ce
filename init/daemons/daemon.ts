import type { BootConsole } from '../system/console.ts';
import { describeEnd, type Program } from '../system/program.ts';

/** Milliseconds between an exit and the next start: doubled each time, reset by a run of `longRun`. */
const delay = { first: 100, last: 10_000, longRun: 10_000 } as const;

/** A program that runs as long as the machine does: restarted whenever it exits. */
export interface Daemon {
  /** Undefined between an exit and the next start. */
  program(): Program | undefined;
  /** The running program is left alone, but not started again. */
  stopRestarting(): void;
}

/** Starts a program, and restarts it whenever it exits. `start` does not throw. */
export function startDaemon(name: string, start: () => Program, console: BootConsole): Daemon {
  let program: Program | undefined;
  let restarting = true;
  let waitMs: number = delay.first;
  const run = async (): Promise<void> => {
    if (!restarting) return;
    const startedAt = performance.now();
    program = start();
    const end = await program.ended;
    program = undefined;
    if (!restarting) return;
    if (performance.now() - startedAt >= delay.longRun) waitMs = delay.first;
    console.log(`${name} ended (${describeEnd(end)}), restarting in ${waitMs} ms`);
    setTimeout(() => void run(), waitMs);
    waitMs = Math.min(waitMs * 2, delay.last);
  };
  void run();
  return {
    program: () => program,
    stopRestarting() {
      restarting = false;
    },
  };
}
