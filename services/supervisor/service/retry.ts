import { setTimeout as pause } from 'node:timers/promises';
import { isAway, isNotFound } from '../../../lib/containerd/errors.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';

const retryMs = 200;
/** A call that a running containerd has refused this many times is not repeated. */
const maxRefusals = 25;

/**
 * Repeats a containerd call until it is answered, across restarts of containerd. Null if there is no such
 * task, or if a running containerd keeps refusing, which is logged.
 */
export async function untilAnswered<T>(call: () => Promise<T>, log: LogWriter): Promise<T | null> {
  for (let refusals = 0; refusals < maxRefusals; ) {
    try {
      return await call();
    } catch (thrown) {
      if (isNotFound(thrown)) return null;
      if (!isAway(thrown)) refusals += 1;
      if (refusals === maxRefusals) log.write('kit', [`containerd: ${reasonOf(thrown)}`]);
      await pause(retryMs);
    }
  }
  return null;
}
