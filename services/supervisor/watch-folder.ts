import { watch } from 'node:fs';

/** Milliseconds: how often we look when nobody tells us. */
const look = 1000;

/** `next` resolves once something in the folder has changed since it resolved last, and after a second anyway. */
export function watchFolder(folder: string): { next(): Promise<void>; close(): void } {
  let changed = true;
  let wake = (): void => {};
  const watcher = watch(folder, { persistent: false }, () => {
    changed = true;
    wake();
  });
  // The second's look goes on without it.
  watcher.on('error', () => {});
  return {
    async next() {
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      const timer = setTimeout(resolve, look);
      if (!changed) await promise;
      clearTimeout(timer);
      changed = false;
    },
    close: () => watcher.close(),
  };
}
