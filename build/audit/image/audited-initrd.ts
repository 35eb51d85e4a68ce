import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type TarEntry, tarEntry, textEntry, writeTar } from '../../../lib/archive/tar.ts';
import {
  formatLayerIndex,
  type LayerIndexEntry,
  layerId,
  parseLayerIndex,
} from '../../../lib/bundle/layers.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import { cpioPieces } from '../../binary/cpio/cpio-pieces.ts';
import { inScratch } from '../../cache/scratch.ts';
import { layerFile } from '../../layers/erofs.ts';
import { type ImageLayer, scratchLayer } from '../../layers/layers.ts';
import type { Piece } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import { probeFolder, type Shadow } from './shadow.ts';

/** A shadow, and the folder on this host with the mount points of its root file system. */
export interface PlacedShadow extends Shadow {
  readonly lower: string | undefined;
}

/**
 * What follows the initrd of an image, so that its bytes stay what they are: the kernel unpacks archives one
 * after another (lib/bundle/layers.ts). It has the layers that the probes need, and an index with them.
 * @param shadowsIn the shadows, whose layer has the given id
 */
export async function auditSegment(
  index: string,
  probe: readonly ImageLayer[],
  shadowsIn: (layer: string) => readonly PlacedShadow[],
  work: Work,
): Promise<Piece[]> {
  const shadows = await shadowLayer(shadowsIn, work);
  const old = parseLayerIndex(index);
  const known = new Set(old.map(({ id }) => id));
  const added = [shadows, ...probe].filter(({ id }) => !known.has(id));
  return cpioPieces([
    { path: 'layers', type: 'directory', mode: 0o755 },
    {
      path: 'layers/index',
      type: 'file',
      mode: 0o644,
      body: Buffer.from(formatLayerIndex(newIndex(old, shadows, added))),
    },
    ...added.map(({ id, file, bytes }) => {
      return { path: `layers/${id}.erofs`, type: 'file', mode: 0o644, body: { file, bytes } } as const;
    }),
  ]);
}

/** The image's own top layer stays the topmost of the root: /run/layers/top is its. */
function newIndex(
  old: readonly LayerIndexEntry[],
  shadows: ImageLayer,
  added: readonly ImageLayer[],
): LayerIndexEntry[] {
  const root = old.filter(({ use }) => use === 'root');
  const bundle = [...old, ...added].filter(({ use }) => use === 'bundle');
  return [...root.slice(0, -1), shadows, ...root.slice(-1), ...bundle].map(({ id, bytes, use }) => ({
    id,
    bytes,
    use,
  }));
}

/**
 * The layer's id is a digest of its tar, and the bundles in it name the layer: so it is the digest of a tar
 * in which they name it by zeros.
 */
async function shadowLayer(
  shadowsIn: (layer: string) => readonly PlacedShadow[],
  work: Work,
): Promise<ImageLayer> {
  return inScratch(work.cache.dir, async (scratch) => {
    const write = async (layer: string) => {
      const path = join(scratch, `${layer}.tar`);
      return { path, ...(await writeTar(path, await shadowEntries(shadowsIn(layer)))) };
    };
    const id = layerId((await write('0'.repeat(16))).digest);
    const { path } = await write(id);
    const diffId: Digest = `sha256:${id.padEnd(64, '0')}`;
    const shadows = await scratchLayer({ diffId, path }, 'probes', 'root');
    return { ...(await layerFile(shadows, 'probes', work)), diffId, use: 'root', title: 'probes' };
  });
}

async function shadowEntries(shadows: readonly PlacedShadow[]): Promise<TarEntry[]> {
  const folder = (path: string): TarEntry => tarEntry({ path, type: 'directory' });
  const entries = ['', 'containers', 'containers/services'].map(folder);
  for (const { folder: own, config, runtime, lower } of shadows) {
    entries.push(folder(own), ...['rootfs', 'tmp', 'lower'].map((name) => folder(`${own}/${name}`)));
    entries.push(
      textEntry(`${own}/config.json`, exactJson(config)),
      textEntry(`${own}/runtime.json`, exactJson(runtime)),
    );
    if (lower !== undefined) entries.push(...(await mountPoints(lower, `${own}/lower`)));
    entries.push(folder(`${own}/lower/${probeFolder}`));
  }
  return entries;
}

/** Folders, links, and small files such as /etc/hosts. */
async function mountPoints(from: string, to: string): Promise<TarEntry[]> {
  const entries: TarEntry[] = [];
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, path] = [join(from, entry.name), `${to}/${entry.name}`];
    const mode = (await lstat(source)).mode & 0o1777;
    if (entry.isDirectory()) {
      entries.push(tarEntry({ path, type: 'directory', mode }), ...(await mountPoints(source, path)));
    } else if (entry.isSymbolicLink()) {
      entries.push(tarEntry({ path, type: 'symlink', linkname: await readlink(source) }));
    } else if (entry.isFile()) entries.push(textEntry(path, await readFile(source), mode));
  }
  return entries;
}
