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
import {
  type CraftedEntry,
  type CraftedStack,
  Refused,
  referenceList,
  row,
} from '../../../build/layers/testing/reference.ts';
import { toolCommand } from '../../../build/tools/command.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import type { Work } from '../../../build/work.ts';
import { tarBytes, tarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { fuseTools } from '../../support/tools.ts';
import { imagesFor, type PlacedLayer } from './images.ts';
import type { Plan, Shown } from './overlays.ts';
import { asShown, withoutHidden } from './parts.ts';
import { namespacesOf, type Way } from './ways.ts';

/** `type mode uid value` by path, or why nothing was unpacked. */
type Reading = ReadonlyMap<string, string> | 'refused';

export interface Difference {
  readonly stack: CraftedStack;
  /** `the flat tree`, `layers mounted by the kernel`, … */
  readonly reader: string;
  readonly expected: Reading;
  readonly found: Reading;
}

/**
 * Reads stacks of layers by the reference, and as kit does: the merged entries, and overlays of the layers in
 * one way. All layers of one height are made and mounted together, each in a folder of its own, since that
 * takes longer than everything else.
 * @returns where a reading is not the reference's
 */
export async function differences(
  stacks: readonly CraftedStack[],
  way: Way,
  work: Work,
): Promise<Difference[]> {
  const dir = mkdtempSync(join(tmpdir(), 'kit-differential-'));
  try {
    const found: Difference[] = [];
    const compare = (stack: CraftedStack, reader: string, expected: Reading, reading: Reading): void => {
      if (textOf(reading) !== textOf(expected)) found.push({ stack, reader, expected, found: reading });
    };
    const read: (readonly [at: number, ImageStack])[] = [];
    for (const [at, stack] of stacks.entries()) {
      const layers = await Promise.all(
        stack.map((entries, layer) => writeLayer(dir, `${at}-${layer}`, entries)),
      );
      const kits = await imageStack({ name: `stack ${at}`, layers }, work).catch(refusal);
      const expected = reference(stack);
      compare(stack, 'the flat tree', expected, kits ? flatRows(kits) : 'refused');
      if (kits && expected !== 'refused') read.push([at, kits]);
    }
    const shown = await overlays(read, way, dir, work);
    for (const [index, [at, kits]] of read.entries()) {
      const stack = stacks[at] ?? [];
      const visible = (rows: ReadonlyMap<string, string>): Reading => withoutHidden(rows, kits, way);
      const expected = visible(referenceList(asShown(stack, way)));
      const reading = visible(new Map(Object.entries(shown[index] ?? {})));
      compare(stack, `layers ${way.title}`, expected, reading);
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

/** What an overlay of the layers shows, for each stack. */
async function overlays(
  read: readonly (readonly [at: number, ImageStack])[],
  way: Way,
  dir: string,
  work: Work,
): Promise<Shown> {
  const highest = Math.max(0, ...read.map(([, { layers }]) => layers.length));
  const heights = Array.from({ length: highest }, (): PlacedLayer[] => []);
  for (const [at, { layers }] of read) {
    const all = layers.map((layer, height) => ({ height, wanted: wantedLayer(layer, '', 'bundle') }));
    const kept = lastOfEach(all.map(({ wanted }) => wanted));
    const used = all.filter(({ wanted }) => kept.includes(wanted));
    for (const { height, wanted } of used) heights[height]?.push({ folder: `s${at}`, form: wanted.form });
  }
  const images = await imagesFor(way, heights, dir, work);
  const plan: Plan = {
    kind: way.kind,
    layers: Object.fromEntries(images.entries()),
    stacks: read.map(([at]) => `s${at}`),
    unpack: toolCommand(await toolsTree(work), 'fsck.erofs', []),
    fuse: way.kind === 'fuse' ? toolCommand(await fuseTools(), 'erofsfuse', []) : null,
  };
  writeFileSync(join(dir, 'plan.json'), JSON.stringify(plan));
  const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
  const program = join(import.meta.dirname, 'overlays.ts');
  const [file = '', ...args] = [...(await namespacesOf(way)), ...node, program, dir];
  return JSON.parse(execFileSync(file, args, { maxBuffer: 1 << 28 }).toString()) as Shown;
}
