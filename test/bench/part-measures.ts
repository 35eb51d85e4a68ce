import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResolvedImage } from '../../build/cache/stored-image.ts';
import { hostArch } from '../../build/host/arch.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { resolveImage } from '../../build/images/resolve.ts';
import { layerFile } from '../../build/layers/erofs.ts';
import { imageStack } from '../../build/layers/image-stack.ts';
import { baseLayers } from '../../build/packages/base-layers.ts';
import { readBuildYml } from '../../build/packages/definition/build-yml.ts';
import { type Measures, measuresFile } from '../../build/parts/measures.ts';
import { parseImageRef } from '../../build/reference/image-ref.ts';
import { testWork } from '../../build/testing.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { scratch } from '../support/machine.ts';
import { serviceMemory } from './memory.ts';
import { type PartService, partServices } from './part-services.ts';

/**
 * `npm run part-sizes`: writes build/parts/measures.json, from which `npm run generate` takes the columns of
 * size and memory of docs/parts.md. The bytes are those of a package's own layers as a machine has them
 * (EROFS), without the layers of its `base` and the Node runtime, which images share.
 *
 * `npm run part-sizes -- NAME...`: those packages alone; the date stays that of the others. `-- --bytes
 * [NAME...]`: bytes alone, without a boot.
 */
const work = testWork();
const chosen = process.argv.slice(2).filter((word) => word !== '--bytes');
const bytesAlone = process.argv.includes('--bytes');
const names = chosen.length > 0 ? chosen : (await readdir(join(kitRoot, 'pkg'))).sort();
const bytes = Object.fromEntries(await inTurn(names, async (name) => [name, await ownBytes(name)]));
const booted = bytesAlone ? [] : partServices.filter(({ name }) => names.includes(name));
const memory = await memories(booted);
const file = join(kitRoot, measuresFile);
const measures = chosen.length > 0 || bytesAlone ? added(JSON.parse(await readFile(file, 'utf8'))) : whole();
await writeFile(file, `${JSON.stringify(measures, null, 2)}\n`);

function whole(): Measures {
  return { date: new Date().toISOString().slice(0, 10), arch: hostArch, bytes, memory };
}

function added(before: Measures): Measures {
  if (before.arch !== hostArch) throw new Error(`${measuresFile} is of ${before.arch}`);
  const byName = (all: Measures['bytes']): Measures['bytes'] =>
    Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { ...before, bytes: byName({ ...before.bytes, ...bytes }), memory: { ...before.memory, ...memory } };
}

async function ownBytes(name: string): Promise<number> {
  const { base, source } = await readBuildYml(join(kitRoot, 'pkg', name));
  const below = new Set<Digest>();
  if (source.kind === 'service') below.add((await baseLayers.nodeLayer(work, source.icu)).digest);
  for (const ref of name === 'libs' ? base : [...base, baseLayers.libs])
    for (const { diffId } of (await imageOf(ref)).layers) below.add(diffId);
  const image = await imageOf(join(kitRoot, 'pkg', name));
  const { layers } = await imageStack(image, work);
  const own = layers.filter(({ layer }) => !below.has(layer.diffId));
  const files = await inTurn(own, (layer) => layerFile(layer, image.name, work));
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

function imageOf(folder: string): Promise<ResolvedImage> {
  return resolveImage(parseImageRef(folder, { folder: kitRoot }), work);
}

async function inTurn<T, R>(items: readonly T[], each: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await each(item));
  return results;
}

/** In one machine with all of them, without the service that shows what Node takes in any case. */
async function memories(services: readonly PartService[]): Promise<Measures['memory']> {
  if (services.length === 0) return {};
  await using folder = await scratch();
  const found = await serviceMemory(folder.dir, services);
  return Object.fromEntries(services.map(({ name }) => [name, found[name] ?? Number.NaN]));
}
