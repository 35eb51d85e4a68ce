import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { KitError } from '../lib/errors/errors.ts';
import { childPids, reapChild, type WaitStatus } from '../lib/linux/process/process.ts';

/** SIGCHLDs melt into one another, and one may be missed: look again now and then. */
const safetyNetMs = 30_000;

/**
 * Reaps the children that this process did not start: orphans, which the kernel gives to PID 1. Its own are left to
 * Node, whose child_process would otherwise never learn of their end (`waitpid(-1)` steals it).
 */
export class Reaper {
  readonly #own = new Set<ChildProcess>();
  readonly #waiting = new Map<number, (status: WaitStatus) => void>();
  #scheduled = false;

  /** To be called before anything is started: what was started earlier is not known as our own. */
  start(): void {
    // Published by Node for every ChildProcess it makes, whoever asked for it, before it has a pid.
    subscribe('child_process', (message) => {
      const child = (message as { process: ChildProcess }).process;
      this.#own.add(child);
      child.once('exit', () => this.#ended(child));
      child.once('error', () => {
        if (child.pid === undefined) this.#own.delete(child);
      });
    });
    process.on('SIGCHLD', () => this.#schedule());
    setInterval(() => this.#schedule(), safetyNetMs);
    this.#schedule();
  }

  /** How a child that we adopted ends, such as the process of `crun create`; rejects if there is none of that pid. */
  waitFor(pid: number): Promise<WaitStatus> {
    if (!childPids().includes(pid))
      return Promise.reject(new KitError(`Cannot wait for process ${pid}: it is gone`));
    return new Promise((resolve) => this.#waiting.set(pid, resolve));
  }

  /** Its number may be taken at once by another child, whose end we then took for that of our own. */
  #ended(child: ChildProcess): void {
    this.#own.delete(child);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#reap();
    });
  }

  #reap(): void {
    const own = new Set([...this.#own].map(({ pid }) => pid));
    for (const pid of childPids()) {
      if (own.has(pid)) continue;
      const status = reapChild(pid);
      if (status) this.#waiting.get(pid)?.(status);
      if (status) this.#waiting.delete(pid);
    }
  }
}
