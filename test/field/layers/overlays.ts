import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mountImage } from '../../../lib/linux/mount/loop.ts';
import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { rows } from './rows.ts';

/**
 * A program that runs in a mount namespace of its own, with a folder as its argument: mounts images and
 * overlays of them, and prints what they show. `plan.json` in the folder is a `Plan`, the output a `Shown`.
 */
export interface Plan {
  /** Mount points, in the folder, by EROFS images. */
  readonly images: Readonly<Record<string, string>>;
  /** Folders of each overlay, highest first. */
  readonly overlays: readonly (readonly string[])[];
}

/** Rows of `type mode uid value` by path, for each overlay. */
export type Shown = readonly Readonly<Record<string, string>>[];

const [folder] = process.argv.slice(2);
if (folder !== undefined) process.stdout.write(JSON.stringify(show(folder)));

function show(dir: string): Shown {
  const plan = JSON.parse(readFileSync(join(dir, 'plan.json'), 'utf8')) as Plan;
  for (const [target, image] of Object.entries(plan.images)) {
    mkdirSync(join(dir, target));
    mountImage(image, join(dir, target), 'erofs');
  }
  for (const name of ['empty', 'shown']) mkdirSync(join(dir, name));
  process.chdir(dir);
  return plan.overlays.map((lower) => {
    // overlayfs refuses a single folder.
    mount('x', 'shown', 'overlay', ['ro', `lowerdir=${[...lower, 'empty'].join(':')}`]);
    try {
      return Object.fromEntries(rows('shown', ''));
    } finally {
      unmount('shown');
    }
  });
}
