import { megabytes } from './send-update.ts';
import type { Updated } from './update-machine.ts';

/**
 * What an update has done, for people: `t1: web replaced, db added; 41.2 kB sent`. With what its user must
 * know about the next boot.
 */
export function shownUpdate({ name, changed, added, removed, bytes, dryRun, nextBoot }: Updated): string {
  const would = dryRun ? 'would be ' : '';
  const parts = [
    ...named(changed, `${would}replaced`),
    ...named(added, `${would}added`),
    ...named(removed, `${would}removed`),
  ];
  if (parts.length === 0) return `${name}: it runs these services already\n`;
  const sent = dryRun ? `${megabytes(bytes)} to send at most` : `${megabytes(bytes)} sent`;
  const boot =
    nextBoot === 'same'
      ? ''
      : `kit: the next boot of ${name} starts what its own image has, until that is written anew\n`;
  return `${name}: ${parts.join(', ')}; ${sent}\n${boot}`;
}

const named = (names: readonly string[], what: string): string[] =>
  names.length === 0 ? [] : [`${names.join(', ')} ${what}`];
