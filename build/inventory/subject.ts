import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { KitError } from '../../lib/errors/errors.ts';
import type { Arch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { planManifest } from '../image/plan-manifest.ts';
import { type SbomImage, sbomImages } from '../image/sbom/sbom-images.ts';
import { readManifestFiles } from '../images/manifest-files.ts';
import { resolveImage } from '../images/resolve.ts';
import { MachineClient } from '../machine/client/client.ts';
import { runExec } from '../machine/exec/exec.ts';
import { isLive, type Machine, readMachine } from '../machine/records/find.ts';
import { machineDir } from '../machine/records/folder.ts';
import { isManifestName } from '../manifest/config/config-name.ts';
import { isUrl } from '../manifest/fetch.ts';
import { parseImageRef } from '../reference/image-ref.ts';
import { findRecord } from '../verify/record.ts';
import type { Work } from '../work.ts';
import { imageItems, withFacts } from './image-items.ts';
import type { Inventory } from './item.ts';
import { bomLimit, readBom } from './read-bom.ts';

/** What has a bill of materials: images, whose layers are at hand, or a finished document. */
export type BomSubject =
  | { readonly kind: 'images'; readonly name: string; readonly images: readonly SbomImage[] }
  | { readonly kind: 'document'; readonly name: string; readonly bytes: Buffer };

/**
 * What a name means: a manifest, a bill of materials in a file, an image that kit built here, a machine, an
 * image. @param workOn gives the work for an architecture @throws KitErrors, KitError
 */
export async function bomSubject(
  name: string,
  context: Context,
  workOn: (arch?: Arch) => Work,
): Promise<BomSubject> {
  const path = resolve(context.cwd, name);
  const work = workOn();
  if (name === '-' || isUrl(name) || isManifestName(name)) return ofManifests([name], name, context, work);
  const record = await findRecord(path, work);
  if (record)
    return ofManifests(
      record.manifests.map(({ file }) => file),
      name,
      context,
      workOn(record.arch),
    );
  if (existsSync(path) && statSync(path).isFile())
    return { kind: 'document', name, bytes: await ofFile(path, name) };
  const machine = /^[\w.-]+$/.test(name) ? await readMachine(machineDir(context.env, name)) : undefined;
  if (machine) return { kind: 'document', name, bytes: await ofMachine(machine, name, context) };
  const image = await resolveImage(parseImageRef(name, { folder: context.cwd }), work);
  return { kind: 'images', name, images: [await withItems({ name: image.name, prefix: '', image }, work)] };
}

/** Its components, by name and version. */
export async function inventoryOf(subject: BomSubject, work: Work): Promise<Inventory> {
  if (subject.kind === 'document') {
    const { name, items, ofKit } = readBom(subject.bytes, subject.name);
    return { name, items: ofKit ? await withFacts(items, work) : items };
  }
  const items = subject.images.flatMap(({ components }) => components ?? []);
  return { name: subject.name, items: [...new Map(items.map((item) => [item.purl, item])).values()] };
}

async function ofManifests(
  files: readonly string[],
  name: string,
  context: Context,
  work: Work,
): Promise<BomSubject> {
  const { cwd } = context;
  const manifest = await readManifestFiles(files, context, work);
  const { plan } = await planManifest(manifest, { cwd, sbom: false }, work);
  const images = await Promise.all(sbomImages(plan).map((one) => withItems(one, work)));
  return { kind: 'images', name, images };
}

const withItems = async (image: SbomImage, work: Work): Promise<SbomImage> => ({
  ...image,
  components: await imageItems(image.image, work),
});

async function ofFile(path: string, shown: string): Promise<Buffer> {
  const { size } = statSync(path);
  if (size <= bomLimit && path.endsWith('.json')) return readFile(path);
  throw new KitError(
    `Cannot find the bill of materials of "${shown}": kit has no record of how it was built`,
    {
      hint: 'name its manifest, or a document in SPDX or CycloneDX (*.json)',
    },
  );
}

/** The file that `kit build` puts into images. */
const bomPath = '/sbom.spdx.json';

async function ofMachine(machine: Machine, name: string, context: Context): Promise<Buffer> {
  if (!isLive(machine))
    throw new KitError(`Cannot read the bill of materials of machine "${name}": it has ended`);
  const pieces: Buffer[] = [];
  let bytes = 0;
  const stdout = new Writable({
    write(piece: Buffer, _encoding, done) {
      bytes += piece.length;
      if (bytes <= bomLimit) pieces.push(piece);
      done(bytes > bomLimit ? new Error(`more than ${bomLimit} bytes`) : null);
    },
  });
  const stderr = new Writable({ write: (_piece, _encoding, done) => done() });
  const stdin = new PassThrough();
  stdin.end();
  using client = new MachineClient(machine.dir);
  const start = { service: '', command: ['cat', bomPath], terminal: undefined, term: '', image: undefined };
  const streams = { ...context, stdin, stdout, stderr } as unknown as Context;
  const status = await runExec(client.exec(), start, streams).catch(() => -1);
  if (status === 0 && bytes > 0) return Buffer.concat(pieces);
  throw new KitError(`Cannot read "${bomPath}" in machine "${name}"`, {
    hint: 'a machine with production: true, or built with --no-sbom, does not give it: name its manifest',
  });
}
