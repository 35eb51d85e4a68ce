import { watch } from 'node:fs';

/** Milliseconds between two wake-ups without a change: inotify may be unavailable. */
const pollMs = 1000;

export interface FolderWatch {
  /**
   * Calls back once something in the folder has changed since the last call, and after a second in any case.
   */
  next(done: () => void): void;
  close(): void;
}

export function watchFolder(folder: string): FolderWatch {
  let changed = true;
  let wake = (): void => {};
  const timer = setInterval(() => wake(), pollMs);
  const watcher = watch(folder, { persistent: false }, () => {
    changed = true;
    wake();
  });
  // The timer works without the watcher.
  watcher.on('error', () => {});
  return {
    next(done) {
      wake = () => {
        wake = () => {};
        changed = false;
        done();
      };
      if (changed) wake();
    },
    close() {
      clearInterval(timer);
      watcher.close();
    },
  };
}
