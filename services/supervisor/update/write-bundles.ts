import { globSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { Mount, RuntimeConfig } from '../../../lib/bundle/bundle.ts';
import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import { type Bundle, readBundle } from '../../../lib/bundle/read.ts';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { bundleFolder } from './service-set.ts';

export interface BundlePlaces {
  /** The folder of bundles in the image, by which its bundles name their own files: `/containers`. */
  readonly containers: string;
  /** The folder in which layers are mounted: `/run/layers`. */
  readonly layers: string;
  /** The id of the update's top layer. */
  readonly top: string;
  /** The folder for the bundles of the update. */
  readonly set: string;
}

/**
 * Writes the bundles of services from the top layer of an update into a folder of their own: the image's
 * folders for their mounts are on its read-only root. @throws KitError if the layer does not have one
 */
export function writeBundles(names: readonly string[], places: BundlePlaces, kernel: BundleKernel): Bundle[] {
  return names.map((name) => writeBundle(name, places, kernel));
}

function writeBundle(name: string, places: BundlePlaces, kernel: BundleKernel): Bundle {
  const { containers, layers, top, set } = places;
  const from = join(layers, top, containerFolder, 'services', name);
  const dir = bundleFolder(set, name);
  for (const folder of ['rootfs', 'tmp']) kernel.makeFolder(join(dir, folder));
  const { runtime } = readBundle('services', name, from);
  const moved = movedRuntime(runtime, (text) =>
    text
      .replaceAll(pathPattern(join(containers, 'services', name)), `$1${dir}`)
      .replaceAll(pathPattern(join(layers, 'top')), `$1${join(layers, top)}`),
  );
  const mounts = moved.mounts.filter((mount) => !isThere(mount, dir, kernel));
  const write = (file: string, contents: string | Buffer): void =>
    writeFileSync(join(dir, file), contents, { mode: 0o600 });
  write('runtime.json', exactJson({ ...moved, mounts }));
  write('config.json', readFileSync(join(from, 'config.json')));
  return readBundle('services', name, dir);
}

/** Removes the bundles of earlier updates. @param sets the folder of all @param used folders of bundles */
export function removeBundles(sets: string, used: ReadonlySet<string>): void {
  for (const dir of globSync(join(sets, '*/services/*'))) {
    if (used.has(dir)) continue;
    try {
      // Fails where something is still mounted, and then nothing in that is removed.
      for (const folder of ['rootfs', 'tmp']) rmdirSync(join(dir, folder));
      rmSync(dir, { recursive: true });
    } catch {}
  }
}

/** In every top layer, whatever `BundlePlaces.containers` is in this machine. */
const containerFolder = 'containers';

/** A path, or one in a list of options, and what is below it. */
const pathPattern = (path: string): RegExp =>
  new RegExp(`(^|[=:,])${path.replace(/[.+?^${}()|[\]\\]/g, '\\$&')}(?=/|$)`, 'g');

function movedRuntime(runtime: RuntimeConfig, move: (text: string) => string): RuntimeConfig {
  const { mounts, mkdir } = runtime;
  return {
    ...runtime,
    mkdir: mkdir.map(move),
    mounts: mounts.map(({ type, source, destination, options }) => ({
      ...{ type, source: move(source), destination: move(destination), options: options.map(move) },
    })),
  };
}

/** Outside the bundle an earlier one of the service may have made it, and others may use it. */
const isThere = ({ destination, options }: Mount, dir: string, kernel: BundleKernel): boolean =>
  isAbsolute(destination) &&
  !destination.startsWith(`${dir}/`) &&
  !options.includes('remount') &&
  kernel.isMounted(destination);
