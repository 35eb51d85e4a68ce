import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { checkInventory, type ImageInventory } from '../../lib/updates/inventory.ts';
import type { UpdateLayer } from '../../lib/updates/statement.ts';
import type { NextBoot } from '../backend/backend.ts';
import { prepareImage, prepareInitrd } from '../backend/prepare-image.ts';
import type { Context } from '../host/context.ts';
import { unpackedLayer } from '../layers/unpacked-layer.ts';
import type { MachineRecord } from '../machine/records/record.ts';
import { type InitrdLayer, initrdLayers } from '../media/initrd-layers.ts';
import { fileDigest } from '../pieces/file-digest.ts';
import type { Work } from '../work.ts';

/** An image that a machine is to run next, in format kernel+initrd. */
export interface NextImage extends NextBoot {
  readonly inventory: ImageInventory;
}

/** Builds a manifest, or finds an image. @throws KitError for one that no machine can be updated with */
export async function nextImage(
  image: string,
  { boot, arch }: Pick<MachineRecord, 'boot' | 'arch'>,
  context: Context,
  work: Work,
): Promise<NextImage> {
  const { kernel, initrd, cmdline } = await bootFiles(image, boot.kind === 'container', arch, context, work);
  const contents = await initrdLayers(initrd, work, {
    action: `Cannot update a machine with "${image}"`,
    hint: 'give a manifest whose `init:` begins with pkg/init, or an image of one in format kernel+initrd',
  });
  const top = contents.layers.findLast(({ use }) => use === 'root');
  if (!top) throw new KitError(`Cannot update a machine with "${image}": it has no root file system`);
  const inventory = await inventoryOf(top, image, work);
  return { ...contents, kernel, initrd, cmdline, inventory, top: top.id };
}

async function bootFiles(
  image: string,
  isContainer: boolean,
  arch: MachineRecord['arch'],
  context: Context,
  work: Work,
): Promise<Pick<NextImage, 'kernel' | 'initrd' | 'cmdline'>> {
  const request = { image, trustLabels: false };
  if (isContainer) return { kernel: null, ...(await prepareInitrd(request, context, work)) };
  const media = { as: undefined, firmware: undefined, writable: false };
  const { boot } = await prepareImage({ ...request, format: 'kernel+initrd', media, arch }, context, work);
  if (boot.kind === 'kernel' && boot.initrd !== null && boot.root === null)
    return { kernel: boot.kernel, initrd: boot.initrd, cmdline: boot.cmdline };
  throw new KitError(`Cannot update a machine with "${image}": its layers are not in an initrd`, {
    hint: 'give a manifest, or an image in format kernel+initrd',
  });
}

async function inventoryOf(top: InitrdLayer, image: string, work: Work): Promise<ImageInventory> {
  const folder = await unpackedLayer(top.file, work);
  try {
    return checkInventory(JSON.parse(await readFile(join(folder, guestPaths.inventory), 'utf8')));
  } catch (thrown) {
    throw new KitError(
      `Cannot update a machine with "${image}": it does not say what it consists of (${reasonOf(thrown)})`,
      { hint: 'build it again with this kit' },
    );
  }
}

/** The layers that a machine lacks, as it is told of them. @param present ids of those that it has */
export async function absentLayers(
  { layers, top }: Pick<NextImage, 'layers' | 'top'>,
  present: ReadonlySet<string>,
): Promise<(UpdateLayer & { readonly file: string })[]> {
  const absent = layers.filter(({ id, use }) => (use === 'bundle' || id === top) && !present.has(id));
  return Promise.all(absent.map(async ({ id, file }) => ({ id, file, ...(await measured(file)) })));
}

async function measured(file: string): Promise<Pick<UpdateLayer, 'digest' | 'bytes'>> {
  const [digest, { size: bytes }] = await Promise.all([fileDigest(file), stat(file)]);
  return { digest: `sha256:${digest}`, bytes };
}
