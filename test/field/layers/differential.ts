import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bodies } from '../../../build/layers/bodies.ts';
import { type ImageStack, imageStack } from '../../../build/layers/image-stack.ts';
import type { LayerTar } from '../../../build/layers/layer-entries.ts';
import { lastOfEach, wantedLayer } from '../../../build/layers/layers.ts';
import { mergedStack } from '../../../build/layers/merge.ts';
import { normalTar } from '../../../build/layers/normal-tar.ts';
import {
  type CraftedEntry,
  type CraftedStack,
  Refused,
  referenceList,
  row,
} from '../../../build/layers/testing/reference.ts';
import type { LayerForm } from '../../../build/layers/unpacking/layer-form.ts';
import { runTool } from '../../../build/tools/command.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import type { Work } from '../../../build/work.ts';
import { tarBytes, tarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Plan, Shown } from './overlays.ts';

/** `type mode uid value` by path, or why nothing was unpacked. */
type Reading = ReadonlyMap<string, string> | 'refused';

export interface Difference {
  readonly stack: CraftedStack;
  /** `a container`, `the flat tree`, … */
  readonly reader: string;
  readonly expected: Reading;
  readonly found: Reading;
}

/**
 * Reads stacks of layers in all ways that kit has, and by the reference: the merged entries, EROFS images
 * below an overlay, and the same images unpacked. All images of one height are made and mounted together,
 * each stack in a folder of its own, since making one takes longer than everything else. Needs root.
 * @returns where a reading is not the reference's
 */
export async function differences(stacks: readonly CraftedStack[], work: Work): Promise<Difference[]> {
  const dir = mkdtempSync(join(tmpdir(), 'kit-differential-'));
  try {
    const found: Difference[] = [];
    const compare = (at: number, reader: string, reading: Reading): void => {
      const stack = stacks[at] ?? [];
      const expected = reference(stack);
      if (textOf(reading) !== textOf(expected)) found.push({ stack, reader, expected, found: reading });
    };
    const read: (readonly [at: number, ImageStack])[] = [];
    for (const [at, stack] of stacks.entries()) {
      const layers = await Promise.all(
        stack.map((entries, layer) => writeLayer(dir, `${at}-${layer}`, entries)),
      );
      const kits = await imageStack({ name: `stack ${at}`, layers }, work).catch(refusal);
      compare(at, 'the flat tree', kits ? flatRows(kits) : 'refused');
      if (kits) read.push([at, kits]);
    }
    const shown = await overlays(read, dir, work);
    for (const [index, [at]] of read.entries()) {
      compare(at, 'a container', new Map(Object.entries(shown[2 * index] ?? {})));
      compare(at, 'unpacked layers', new Map(Object.entries(shown[2 * index + 1] ?? {})));
    }
    return found;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function reference(stack: CraftedStack): Reading {
  try {
    return referenceList(stack);
  } catch (thrown) {
    if (thrown instanceof Refused) return 'refused';
    throw thrown;
  }
}

function refusal(thrown: unknown): undefined {
  if (!(thrown instanceof KitError)) throw thrown;
}

const textOf = (reading: Reading): string =>
  reading === 'refused' ? reading : [...reading].sort(([a], [b]) => (a < b ? -1 : 1)).join('\n');

export async function writeLayer(
  dir: string,
  name: string,
  entries: readonly CraftedEntry[],
): Promise<LayerTar> {
  const path = join(dir, `${name}.tar`);
  const bytes = Buffer.concat(
    await Array.fromAsync(
      tarBytes(
        entries.map(({ content, device: [devmajor, devminor], ...entry }) =>
          tarEntry({ ...entry, devmajor, devminor, size: content.length, body: [Buffer.from(content)] }),
        ),
      ),
    ),
  );
  writeFileSync(path, bytes);
  return { diffId: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, path };
}

function flatRows(stack: ImageStack): Reading {
  using bodies = new Bodies();
  return new Map(
    mergedStack(stack)
      .filter(({ path }) => path !== '')
      .map((entry) => {
        const { type, mode, uid, linkname, devmajor, devminor } = entry;
        const value =
          type === 'file' ? `${bodies.bytes(entry)}` : type === 'char' ? `${devmajor}:${devminor}` : linkname;
        return [entry.path, row(type, mode, uid, value)];
      }),
  );
}

/** What the overlays of mounted images and of unpacked ones show, for each stack one after the other. */
async function overlays(
  read: readonly (readonly [at: number, ImageStack])[],
  dir: string,
  work: Work,
): Promise<Shown> {
  const folders: string[][] = [];
  const forms: { readonly folder: string; readonly form: LayerForm }[][] = [];
  for (const [at, { layers }] of read) {
    const all = layers.map((layer, height) => ({ height, wanted: wantedLayer(layer, '', 'bundle') }));
    const kept = lastOfEach(all.map(({ wanted }) => wanted));
    const used = all.filter(({ wanted }) => kept.includes(wanted));
    for (const { height, wanted } of used) {
      forms[height] ??= [];
      forms[height].push({ folder: `s${at}`, form: wanted.form });
    }
    const names = used.map(({ height }) => `${height}/s${at}`).reverse();
    folders.push(
      names.map((name) => `m${name}`),
      names.map((name) => `u${name}`),
    );
  }
  const images: Record<string, string> = {};
  const tools = await toolsTree(work);
  for (const [height, parts] of forms.entries()) {
    const image = join(dir, `${height}.erofs`);
    const args = ['--quiet', '-b4096', '--tar=f', '-T0', '--mkfs-time', image];
    await runTool(tools, 'mkfs.erofs', args, { signal: work.signal, input: normalTar(together(parts)) });
    await runTool(
      tools,
      'fsck.erofs',
      ['-d0', `--extract=${join(dir, `u${height}`)}`, '--no-xattrs', image],
      work,
    );
    images[`m${height}`] = image;
  }
  const plan: Plan = { images, overlays: folders };
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(plan));
  const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
  const program = join(import.meta.dirname, 'overlays.ts');
  const output = execFileSync('unshare', ['-m', ...node, program, dir], { maxBuffer: 1 << 28 });
  return JSON.parse(output.toString()) as Shown;
}

/** Layers of one height, each in a folder of its own. */
function together(parts: readonly { readonly folder: string; readonly form: LayerForm }[]): LayerForm {
  const root = { ...tarEntry({ path: '', type: 'directory' }), file: '', offset: 0 };
  const placed = parts.map(({ folder, form: { files, whiteouts } }) => ({
    files: [
      { path: folder, entry: { ...root } },
      ...files
        .filter(({ path }) => path !== '')
        .map(({ path, entry }) => ({ path: `${folder}/${path}`, entry })),
    ],
    whiteouts: whiteouts.map((path) => `${folder}/${path}`),
  }));
  return {
    files: [{ path: '', entry: root }, ...placed.flatMap(({ files }) => files)],
    whiteouts: placed.flatMap(({ whiteouts }) => whiteouts),
    adaptations: [],
    removes: false,
  };
}
