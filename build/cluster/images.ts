import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { codeOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { buildImage } from '../build.ts';
import type { Context } from '../host/context.ts';
import { nameFrom } from '../machine/records/folder.ts';
import { findInitrd } from '../media/find-initrd.ts';
import { findMedia } from '../media/find-media.ts';
import { imageName } from '../media/image-name.ts';
import type { Work } from '../work.ts';
import type { Cluster, Group } from './file/cluster.ts';
import { clusterDir } from './folder.ts';
import type { ReadyImage } from './plan/wanted.ts';

const format = 'kernel+initrd';

/**
 * The images of all groups, by the names of groups. A manifest is built once, into a folder named by the
 * digest of its files, so that machines which run from another build keep theirs.
 */
export async function prepareImages(
  { name, groups }: Cluster,
  context: Context,
  work: Work,
): Promise<Map<string, ReadyImage>> {
  const folder = join(clusterDir(context.env, name), 'images');
  const ready = new Map<string, ReadyImage>();
  const images = new Map<string, ReadyImage>();
  for (const group of groups) {
    const { image, backend } = group;
    const key =
      'manifest' in image
        ? `${image.manifest} ${needsKernel(image.manifest, groups)}`
        : `${image.built} ${backend}`;
    const known = ready.get(key) ?? (await prepare(group, groups, folder, context, work));
    ready.set(key, known);
    images.set(group.name, known);
  }
  return images;
}

/** A container needs no kernel, a machine does. */
const needsKernel = (manifest: string, groups: readonly Group[]): boolean =>
  groups.some(
    ({ image, backend }) => 'manifest' in image && image.manifest === manifest && backend === 'qemu',
  );

async function prepare(
  { image, backend }: Group,
  groups: readonly Group[],
  folder: string,
  context: Context,
  work: Work,
): Promise<ReadyImage> {
  if ('manifest' in image) {
    const needed = needsKernel(image.manifest, groups);
    return buildInto(folder, image.manifest, needed, context, work);
  }
  return {
    path: image.built,
    digest: await digestOf(await filesOf(image.built, backend, context, work), work),
  };
}

async function buildInto(
  folder: string,
  manifest: string,
  needed: boolean,
  { env, stdin }: Context,
  work: Work,
): Promise<ReadyImage> {
  makeFolder(folder, 0o700);
  const name = nameFrom(imageName(manifest));
  const dir = await mkdtemp(join(folder, '.new-'));
  try {
    const options = { dir, name, formats: [format], cwd: dirname(manifest), stdin, needsKernel: needed };
    const { files } = await buildImage([manifest], options, { ...work, env });
    const digest = await digestOf(files.map(({ path }) => path).sort(), work);
    const place = join(folder, digest);
    // The same bytes are there already.
    await rename(dir, place).catch((thrown: unknown) => {
      if (codeOf(thrown) !== 'ENOTEMPTY' && codeOf(thrown) !== 'EEXIST') throw thrown;
    });
    return { path: join(place, name), digest };
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** The files that a machine starts from. */
async function filesOf(
  path: string,
  backend: Group['backend'],
  { cwd }: Context,
  work: Work,
): Promise<string[]> {
  if (backend === 'container') return [(await findInitrd(path, cwd, work)).initrd];
  const media = { as: undefined, firmware: undefined, writable: false } as const;
  const { boot } = await findMedia(path, cwd, media, work);
  if (boot.kind !== 'kernel') return [boot.path];
  return [boot.kernel, boot.initrd, boot.root?.path].filter((one) => typeof one === 'string');
}

async function digestOf(files: readonly string[], { signal }: Work): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) await pipeline(createReadStream(file), hash, { signal, end: false });
  return hash.digest('hex');
}

/** Removes images that no machine was started from, or is to be. @param used digests */
export async function removeUnusedImages(
  env: Context['env'],
  cluster: string,
  used: ReadonlySet<string>,
): Promise<void> {
  const folder = join(clusterDir(env, cluster), 'images');
  if (!existsSync(folder)) return;
  const names = (await readdir(folder)).filter((name) => !used.has(name));
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true });
}
