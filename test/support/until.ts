import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until `isTrue` returns true, for at least a minute. @throws an error that names `expected` */
export async function until(expected: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 3000; tries += 1) {
    if (await isTrue()) return;
    await sleep(20);
  }
  throw new Error(`Waited in vain for ${expected}`);
}
