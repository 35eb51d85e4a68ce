import { KitError } from '../../../lib/errors/errors.ts';
import type { ProgramError } from '../../host/program.ts';
import type { BuildSource } from '../definition/source-fields.ts';

/** The part of a `SourceBuild` that is needed here. */
interface FailedBuild {
  readonly shown: string;
  readonly source: Pick<BuildSource, 'memoryKiB'>;
}

/**
 * The error for a build whose commands have failed. @param tail last lines of their output
 */
export function failedBuild(
  { shown, source }: FailedBuild,
  tail: readonly string[],
  cause: ProgramError,
): KitError {
  const text = tail.join('\n');
  const isMemory = /cannot allocate memory|out of memory|memory exhausted|signal: killed|\bKilled\b/i.test(
    text,
  );
  if (isMemory || cause.ending === 'ended by SIGKILL') {
    const limit = `${Math.round(source.memoryKiB / 1024)} MiB`;
    return new KitError(`Cannot build package "${shown}": it ran out of memory\n${shownLines(tail)}`, {
      hint: `a program of it may use ${limit} ("memory" in build.yml), if this machine has them`,
      cause,
    });
  }
  const missing = /(?:^|[\s:'"`])([\w+.-]+): (?:command )?not found/m.exec(text)?.[1];
  return new KitError(`Cannot build package "${shown}": ${cause.ending}\n${shownLines(tail)}`, {
    hint:
      missing === undefined
        ? 'its commands get the packages of "tools" in /usr, /package and a folder to write to, and no network'
        : `a Debian package with "${missing}" belongs to "tools" in build.yml`,
    cause,
  });
}

const shownLines = (tail: readonly string[]): string =>
  tail.map((line) => `  ${line.slice(0, 200)}`).join('\n');
