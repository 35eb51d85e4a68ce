import { basename, dirname, join } from 'node:path';
import { fileBody, type TarEntry, tarEntry, type WrittenTar, writeTar } from '../../../lib/archive/tar.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import { memoizedLayer } from '../../cache/layer-memo.ts';
import { hostArch } from '../../host/arch.ts';
import type { Work } from '../../work.ts';
import { contentHash, pathsBelow } from '../inputs.ts';
import { recipes, sourceHashes } from '../recipes.ts';
import { type BuiltFile, buildFromSource, type SourceBuild } from './build.ts';

/**
 * The layer with the files that a build from source has made; built once for each set of inputs. All belongs
 * to root, all times are 0, and of the modes only the executable bit counts.
 */
export function sourceLayer(build: SourceBuild, work: Work): Promise<Descriptor> {
  return memoizedLayer(work.cache, ingredients(build, work), work.signal, () =>
    work.cache.scratch(async (scratch) => {
      const made = await buildFromSource(build, scratch, work);
      const tar = join(scratch, 'layer.tar');
      const written = await writeLayer(tar, made);
      const layer = await work.cache.addFile(tar, undefined, written);
      return { ...layer, annotations: { [layerAnnotation]: 'source' } };
    }),
  );
}

/** All that has an influence on the bytes; packages are named by their hashes. */
function ingredients({ source, fetched, own }: SourceBuild, work: Work): unknown[] {
  const files = pathsBelow(own).map((path) => [path.slice(own.length), contentHash(path)]);
  const debs = fetched.debs.map((deb) => basename(deb));
  return ['source', source, hostArch, work.arch, debs, files, sourceHashes(recipes.sourceLayer)];
}

function writeLayer(tar: string, made: readonly BuiltFile[]): Promise<WrittenTar> {
  const entries = new Map<string, TarEntry>();
  for (const { path, file, size, isProgram } of made) {
    for (let folder = dirname(path); folder !== '/'; folder = dirname(folder)) {
      entries.set(folder, tarEntry({ path: folder.slice(1), type: 'directory' }));
    }
    const mode = isProgram ? 0o755 : 0o644;
    entries.set(path, tarEntry({ path: path.slice(1), mode, size, body: fileBody(file) }));
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return writeTar(
    tar,
    sorted.map(([, entry]) => entry),
  );
}

/** The digest of the layer that a second build makes, which leaves nothing behind. */
export function digestOfBuild(build: SourceBuild, work: Work): Promise<string> {
  return work.cache.scratch(async (scratch) => {
    const made = await buildFromSource(build, scratch, work);
    return (await writeLayer(join(scratch, 'layer.tar'), made)).digest;
  });
}
