import type { ChildProcess } from 'node:child_process';
import type { Console } from '../console.ts';
import { describeEnd, endOf } from '../tasks/program.ts';

/** Milliseconds between a death and the next start: doubled each time, back to the first after a long life. */
const pause = { first: 100, last: 10_000, longLife: 10_000 } as const;

/** A program that is to run as long as the machine does. */
export interface Kept {
  /** The running process, if it runs just now. */
  child(): ChildProcess | undefined;
  /** Not to be started again from now on; the process is left alone. */
  release(): void;
}

/** Starts a program, and again whenever it ends. `start` does not throw. */
export function keepRunning(name: string, start: () => ChildProcess, console: Console): Kept {
  let child: ChildProcess | undefined;
  let released = false;
  let waitMs: number = pause.first;
  const run = async (): Promise<void> => {
    if (released) return;
    const startedAt = performance.now();
    child = start();
    const end = await endOf(child);
    child = undefined;
    if (released) return;
    if (performance.now() - startedAt >= pause.longLife) waitMs = pause.first;
    console.say(`${name} ended (${describeEnd(end)}), starting it again in ${waitMs} ms`);
    setTimeout(() => void run(), waitMs);
    waitMs = Math.min(waitMs * 2, pause.last);
  };
  void run();
  return {
    child: () => child,
    release() {
      released = true;
    },
  };
}
