import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import type { Output, OutputPlace } from './output.ts';

/**
 * LinuxKit's `--input-tar`: an image built before, whose parts are used again where the manifest has not changed. Layers
 * in kit's cache are that already, for every image and without a risk of something stale, so nothing is read from it.
 * What LinuxKit refuses is refused: an archive that is not there, or that the build itself is about to write.
 */
export async function checkInputTar(
  path: string,
  outputs: readonly Output[],
  { to, dir, name }: OutputPlace & { readonly to?: unknown },
): Promise<void> {
  const input = await stat(path).catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
    throw new KitError(`Cannot read "${path}": no such file`, { cause: thrown });
  });
  if (!input.isFile()) throw new KitError(`Cannot read "${path}": it is not a file`);
  const written =
    to === undefined ? outputs.flatMap(({ own }) => (own ? [join(dir, `${name}${own}`)] : [])) : [to];
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
