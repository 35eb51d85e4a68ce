import { KitError } from '../../lib/errors/errors.ts';
import { didYouMean } from '../manifest/nearest.ts';
import { formatNames, formats } from './formats.ts';
import type { OutputFormat } from './output.ts';

/**
 * The formats of these names, each once. @throws KitError for an unknown name, and for two that write the
 * same file
 */
export function chooseFormats(names: readonly string[]): OutputFormat[] {
  const bySuffix = new Map<string, string>();
  return [...new Set(names)].map((name) => {
    const format = formatNamed(name);
    refuseSameFile(format, bySuffix);
    return format;
  });
}

/** @throws KitError for an unknown name */
export function formatNamed(name: string): OutputFormat {
  const format = formats.find((one) => one.name === name);
  if (format) return format;
  throw new KitError(`Unknown format "${name}"${didYouMean(name, formatNames)}`, {
    hint: `there is ${formatNames.map((one) => `"${one}"`).join(', ')}`,
    exitCode: 2,
  });
}

function refuseSameFile({ name, suffix }: OutputFormat, bySuffix: Map<string, string>): void {
  if (suffix === undefined) return;
  const other = bySuffix.get(suffix);
  if (other !== undefined) {
    throw new KitError(`Cannot build "${other}" and "${name}" at once: both are the file NAME${suffix}`, {
      hint: 'build one after the other, with another --name or --dir',
      exitCode: 2,
    });
  }
  bySuffix.set(suffix, name);
}

/** Formats of one file that may go to standard output. */
export const streamedNames: readonly string[] = formats.flatMap(({ name, stream }) => (stream ? [name] : []));

/**
 * The `stream` of a single format. @throws KitError for several formats, and for one that cannot be streamed
 */
export function streamOf(chosen: readonly OutputFormat[]): NonNullable<OutputFormat['stream']> {
  const [format, ...others] = chosen;
  if (format?.stream && others.length === 0) return format.stream;
  const names = streamedNames.map((name) => `"${name}"`);
  throw new KitError('Cannot write the image to one place: its format makes several files', {
    hint: `--o is for one of the formats ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
    exitCode: 2,
  });
}
