import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileBody, type TarEntry, tarEntry, textEntry, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Descriptor } from '../../../lib/oci/types.ts';
import { layerAnnotation } from '../../cache/annotations.ts';
import { memoizedLayer } from '../../cache/layer-memo.ts';
import type { Work } from '../../work.ts';
import { checkAddons } from './addons/check-addons.ts';
import { checkManifests } from './addons/check-manifests.ts';
import { readManifest, type StagedPackage } from './addons/staged-package.ts';
import { buildPackages } from './compile/build-packages.ts';
import { linkPrograms } from './link-programs.ts';
import type { ExternalPlan } from './plan-external.ts';
import { stagePackages } from './stage.ts';

/**
 * The layer with the external packages: `node_modules` beside the program. Fetched, checked and compiled once
 * for each content of the lock file. The same packages give the same bytes: sorted, owned by root, all times
 * 0, and of the modes only the executable bit.
 * @param install path of the program: `/service/main.mjs`
 * @param hasMore whether the image has libraries besides those of pkg/libs
 */
export function externalLayer(
  plan: ExternalPlan,
  install: string,
  hasMore: boolean,
  work: Work,
): Promise<Descriptor> {
  const ingredients = ['external', plan.key, dirname(install), hasMore];
  return memoizedLayer(work.cache, ingredients, work.signal, () =>
    work.cache.scratch(async (scratch) => {
      const title = `Fetch npm packages: ${plan.names.join(', ')}`;
      await work.progress.task(title, () => stagePackages(plan.project, plan.npmrc, scratch, work));
      const note = (text: string): void => work.progress.line(text);
      const packages = checkManifests(stagedPackages(plan, scratch), plan.guest, plan.ignoreEngines, note);
      linkPrograms(packages);
      const built = await buildPackages(packages, plan, scratch, work);
      checkAddons(packages, plan.guest, { hasMore, built }, note);
      const tar = join(scratch, 'layer.tar');
      const folder = posix.join(dirname(install).slice(1), 'node_modules');
      const written = await writeTar(tar, [
        ...parents(folder),
        ...entries(join(scratch, 'node_modules'), folder),
      ]);
      const layer = await work.cache.addFile(tar, undefined, written);
      return { ...layer, annotations: { [layerAnnotation]: 'external' } };
    }),
  );
}

function stagedPackages({ project, selection, names }: ExternalPlan, scratch: string): StagedPackage[] {
  const staged = [...project.layout].map(([location, id]) => {
    const node = selection.nodes.get(id);
    const folder = join(scratch, location);
    const { name = '', version = '', isOptional = false } = node ?? {};
    const isNamed = names.some((each) => location === `node_modules/${each}`);
    return { location, folder, name, version, isOptional, isNamed, manifest: readManifest(folder, name) };
  });
  // What is removed with a package takes along what is below it: the deepest first.
  return staged.sort((a, b) => (a.location < b.location ? 1 : -1));
}

/** npm's own record of what it has installed. */
const records = new Set(['.package-lock.json']);

function* entries(root: string, prefix: string, below = ''): Generator<TarEntry> {
  const names = readdirSync(join(root, below)).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    if (below === '' && records.has(name)) continue;
    const path = below === '' ? name : `${below}/${name}`;
    yield entryOf(root, prefix, path);
    if (lstatSync(join(root, path)).isDirectory()) yield* entries(root, prefix, path);
  }
}

function entryOf(root: string, prefix: string, path: string): TarEntry {
  const [file, inTar] = [join(root, path), `${prefix}/${path}`];
  const stats = lstatSync(file);
  if (stats.isDirectory()) return tarEntry({ path: inTar, type: 'directory' });
  if (stats.isSymbolicLink()) return linkEntry(file, inTar, path);
  if (!stats.isFile()) {
    throw new KitError(
      `Cannot put "node_modules/${path}" into a layer: it is no file, folder or symbolic link`,
    );
  }
  const mode = stats.mode & 0o100 ? 0o755 : 0o644;
  if (stats.size < 1 << 20) return textEntry(inTar, readFileSync(file), mode);
  return tarEntry({ path: inTar, mode, size: stats.size, body: fileBody(file) });
}

/** @throws KitError for one that leads out of node_modules: a script of a package may have made it */
function linkEntry(file: string, inTar: string, path: string): TarEntry {
  const linkname = readlinkSync(file);
  const target = posix.normalize(posix.join(posix.dirname(path), linkname));
  if (posix.isAbsolute(linkname) || target.startsWith('..')) {
    throw new KitError(`Cannot put "node_modules/${path}" into a layer: it points to "${linkname}", outside`);
  }
  return tarEntry({ path: inTar, type: 'symlink', linkname });
}

/** `usr`, `usr/lib` for `usr/lib`. */
function parents(folder: string): TarEntry[] {
  const parts = folder.split('/');
  return parts.map((_part, at) => tarEntry({ path: parts.slice(0, at + 1).join('/'), type: 'directory' }));
}
