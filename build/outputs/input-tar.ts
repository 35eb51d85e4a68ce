import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { suffixesOf } from './kernel-files.ts';
import type { OutputFormat, OutputPlace } from './output.ts';

/**
 * LinuxKit's `--input-tar`: an image of an earlier build whose unchanged parts are reused. kit's cache of
 * layers does that already, so nothing is read from the archive. As in LinuxKit, it is refused if it is
 * missing, or if the build itself writes it.
 */
export async function checkInputTar(
  path: string,
  formats: readonly OutputFormat[],
  { to, dir, name }: OutputPlace & { readonly to?: unknown },
): Promise<void> {
  const input = await stat(path).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
    throw new KitError(`Cannot read "${path}": no such file`, { cause: thrown });
  });
  if (!input.isFile()) throw new KitError(`Cannot read "${path}": it is not a file`);
  const written =
    to === undefined ? formats.flatMap(suffixesOf).map((suffix) => join(dir, `${name}${suffix}`)) : [to];
  for (const output of written) {
    if (typeof output !== 'string') continue;
    const there = await stat(output).catch(() => undefined);
    if (there?.ino !== input.ino || there.dev !== input.dev) continue;
    throw new KitError(`Cannot use "${path}" as --input-tar: it is the file that the build writes`, {
      hint: 'choose another with --o, --name or --dir',
      exitCode: 2,
    });
  }
}
