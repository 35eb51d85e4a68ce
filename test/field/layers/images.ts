import { join } from 'node:path';
import { onlyOwnIds } from '../../../build/container/ids/id-range.ts';
import { mountableLayers } from '../../../build/container/layers/mountable-layers.ts';
import { isDevice, normalTar } from '../../../build/layers/normal-tar.ts';
import type { LayerForm } from '../../../build/layers/unpacking/layer-form.ts';
import { runTool } from '../../../build/tools/command.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import type { Work } from '../../../build/work.ts';
import { tarEntry } from '../../../lib/archive/tar.ts';
import type { Part, Way } from './ways.ts';

/** A layer of a stack, in the folder that it has for itself in the image of its height. */
export interface PlacedLayer {
  readonly folder: string;
  readonly form: LayerForm;
}

/**
 * Makes an EROFS image of the layers of each height. @param heights lowest first
 * @returns what `mountLayer` takes, of each height
 */
export async function imagesFor(
  { kind, without }: Way,
  heights: readonly (readonly PlacedLayer[])[],
  dir: string,
  work: Work,
): Promise<string[]> {
  const tools = await toolsTree(work);
  const paths: string[] = [];
  for (const [height, placed] of heights.entries()) {
    const path = join(dir, `${kind}-${height}.erofs`);
    const args = ['--quiet', '-b4096', '--tar=f', '-T0', '--mkfs-time', path];
    // kit's own folders leave out by themselves what they do not show.
    const form = together(placed, kind === 'folder' ? [] : without);
    await runTool(tools, 'mkfs.erofs', args, { signal: work.signal, input: normalTar(form) });
    paths.push(kind === 'folder' ? await unpackedFolder(path, work) : path);
  }
  return paths;
}

/** As for a container without other users. */
async function unpackedFolder(file: string, work: Work): Promise<string> {
  const layers = await mountableLayers([{ id: file, use: 'root', file }], onlyOwnIds(0, 0), work);
  return layers[0]?.path ?? '';
}

function together(layers: readonly PlacedLayer[], without: readonly Part[]): LayerForm {
  const root = { ...tarEntry({ path: '', type: 'directory' }), file: '', offset: 0 };
  const placed = layers.map(({ folder, form: { files, whiteouts } }) => ({
    files: [
      { path: folder, entry: { ...root } },
      ...files
        .filter(({ path, entry }) => path !== '' && !(without.includes('devices') && isDevice(entry)))
        .map(({ path, entry }) => ({ path: `${folder}/${path}`, entry })),
    ],
    whiteouts: whiteouts.map((path) => `${folder}/${path}`),
  }));
  const files = placed.flatMap((layer) => layer.files);
  return {
    files: [{ path: '', entry: root }, ...(without.includes('owners') ? ofRoot(files) : files)],
    whiteouts: placed.flatMap((layer) => layer.whiteouts),
    adaptations: [],
    removes: false,
  };
}

/** The same files with root as their owner, hard links included. */
function ofRoot(files: LayerForm['files']): LayerForm['files'] {
  const changed = new Map(files.map(({ entry }) => [entry, { ...entry, uid: 0, gid: 0 }]));
  return files.map(({ path, entry }) => ({ path, entry: changed.get(entry) ?? entry }));
}
