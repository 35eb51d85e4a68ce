import { watch } from 'node:fs';

/** Milliseconds: how often we look when nobody tells us. */
const look = 1000;

/** `next` calls back once something in the folder has changed since it did so last, and after a second anyway. */
export function watchFolder(folder: string): { next(done: () => void): void; close(): void } {
  let changed = true;
  let wake = (): void => {};
  const timer = setInterval(() => wake(), look);
  const watcher = watch(folder, { persistent: false }, () => {
    changed = true;
    wake();
  });
  // The second's look goes on without it.
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
