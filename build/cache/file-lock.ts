import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { tryFlock } from '../../lib/linux/io/flock.ts';

/**
 * A lock between kit processes, and within one, by flock(2) on an empty file that is never removed. The
 * kernel releases it when its process ends, so that even SIGKILL leaves no stale lock.
 */
export interface FileLock {
  release(): void;
}

export type LockKind = 'shared' | 'exclusive';

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called once, before waiting for another holder. */
  readonly onWait?: () => void;
}

/** Runs `work` while holding the lock. */
export async function withLock<T>(path: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(path, 'exclusive', options);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

/** Waits until the lock is free; rejects when `signal` is aborted. */
export async function waitForLock(
  path: string,
  kind: LockKind,
  options: LockOptions = {},
): Promise<FileLock> {
  let lock = tryLock(path, kind);
  if (!lock) options.onWait?.();
  for (let delayMs = 2; !lock; delayMs = Math.min(delayMs * 2, 50)) {
    // Jitter, so that several waiters do not always try at the same moment.
    await sleep(delayMs * (0.5 + Math.random()));
    options.signal?.throwIfAborted();
    lock = tryLock(path, kind);
  }
  return lock;
}

/** Undefined when the lock is held elsewhere. Creates the file and its folder. */
export function tryLock(path: string, kind: LockKind): FileLock | undefined {
  // Whatever the umask is: a cache that others can write is refused.
  makeFolder(dirname(path), 0o755);
  return lockOpened(openSync(path, 'a'), kind);
}

/** As `tryLock`, of a file that exists. 'none': it does not. */
export function tryLockExisting(path: string, kind: LockKind): FileLock | undefined | 'none' {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return 'none';
    throw thrown;
  }
  return lockOpened(fd, kind);
}

function lockOpened(fd: number, kind: LockKind): FileLock | undefined {
  let held = false;
  try {
    held = tryFlock(fd, kind);
  } finally {
    if (!held) closeSync(fd);
  }
  if (!held) return undefined;
  let open = true;
  return {
    release() {
      // A second close could close another file that got the same descriptor meanwhile.
      if (open) closeSync(fd);
      open = false;
    },
  };
}
