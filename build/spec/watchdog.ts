import type { WatchdogConfig } from '../../lib/bundle/watchdog.ts';
import { KitError } from '../../lib/errors/errors.ts';
import type { Manifest } from '../manifest/types.ts';
import { milliseconds } from './milliseconds.ts';

const seconds = { least: 10, most: 600, usual: '60s' } as const;

/** Init's and the supervisor's configuration from `watchdog:`; undefined without the key. @throws KitError */
export function watchdogConfig({
  watchdog,
  services,
}: Pick<Manifest, 'watchdog' | 'services'>): WatchdogConfig | undefined {
  if (!watchdog) return undefined;
  const { timeout = seconds.usual, services: names = [] } = watchdog.value;
  const timeoutS = milliseconds(timeout) / 1000;
  if (!Number.isInteger(timeoutS) || timeoutS < seconds.least || timeoutS > seconds.most)
    throw new KitError(
      `Cannot set the watchdog to "${timeout}": it takes whole seconds from ${seconds.least} to ${seconds.most}`,
      { place: watchdog.origin.place(['timeout']) },
    );
  const known = new Set(services.map(({ value }) => value.name));
  const at = names.findIndex((name) => !known.has(name));
  if (at !== -1)
    throw new KitError(`Cannot watch service "${names[at]}": \`services:\` has none of that name`, {
      place: watchdog.origin.place(['services', at]),
    });
  return { timeoutS, services: names };
}
