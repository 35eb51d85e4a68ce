import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { KitError } from '../../lib/errors/errors.ts';
import { childPids, reapChild, type WaitStatus } from '../../lib/linux/process/process.ts';

/** SIGCHLD signals are merged, and one may be missed: children are also looked for this often. */
const pollMs = 30_000;

/**
 * Reaps the children that this process did not start: orphans, which the kernel hands to PID 1. Its own
 * children are left to Node: `waitpid(-1)` would take their exit statuses away from child_process.
 */
export class Reaper {
  readonly #own = new Set<ChildProcess>();
  readonly #waiting = new Map<number, (status: WaitStatus) => void>();
  #scheduled = false;

  /** To be called before any program is started: programs started earlier would be reaped as orphans. */
  start(): void {
    // Node publishes every ChildProcess here when it is made, before it has a pid.
    subscribe('child_process', (message) => {
      const child = (message as { process: ChildProcess }).process;
      this.#own.add(child);
      child.once('exit', () => this.#forget(child));
      child.once('error', () => {
        if (child.pid === undefined) this.#own.delete(child);
      });
    });
    process.on('SIGCHLD', () => this.#schedule());
    setInterval(() => this.#schedule(), pollMs);
    this.#schedule();
  }

  /** The end of an adopted child, such as the process of `crun create`; rejects if there is no such child. */
  waitFor(pid: number): Promise<WaitStatus> {
    if (!childPids().includes(pid))
      return Promise.reject(new KitError(`Cannot wait for process ${pid}: it is gone`));
    return new Promise((resolve) => this.#waiting.set(pid, resolve));
  }

  /** At once: the pid may be reused by an orphan, which would then never be reaped. */
  #forget(child: ChildProcess): void {
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
