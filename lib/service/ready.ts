import { inKit } from './in-kit.ts';
import { log } from './logger.ts';

/** The line that says so; `ready: {log: ^ready$}` in build.yml or the manifest waits for it. */
export const readyLine = 'ready';

/**
 * Tells the machine that this service is ready: those that name it in `after` start, and `kit run --detach`
 * stops waiting for it. Outside of a machine it does nothing.
 */
export function ready(): void {
  if (inKit) log.notice(readyLine);
}
