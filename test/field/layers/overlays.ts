import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mountLayer } from '../../../build/container/layers/mount-layer.ts';
import type { ToolCommand } from '../../../build/tools/command.ts';
import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { until } from '../../support/until.ts';
import { rows } from './rows.ts';
import type { Way } from './ways.ts';

/**
 * A program that runs in namespaces of its own, with a folder as its argument: mounts layers and an overlay
 * of them, and prints what it shows. `plan.json` in the folder is a `Plan`, the output a `Shown`.
 */
export interface Plan {
  readonly kind: Way['kind'];
  /** Files or folders, which are mounted in folders of these names. */
  readonly layers: Readonly<Record<string, string>>;
  /** Folders in the layers, one for each stack. */
  readonly stacks: readonly string[];
  /** fsck.erofs(1) without arguments. */
  readonly unpack: ToolCommand;
  /** erofsfuse(1) without arguments, if that is the kind. */
  readonly fuse: ToolCommand | null;
}

/** Rows of `type mode uid value` by path, for each stack. */
export type Shown = readonly Readonly<Record<string, string>>[];

const [folder] = process.argv.slice(2);
if (folder !== undefined) process.stdout.write(JSON.stringify(await show(folder)));

async function show(dir: string): Promise<Shown> {
  const { kind, layers, stacks, unpack, fuse } = JSON.parse(
    readFileSync(join(dir, 'plan.json'), 'utf8'),
  ) as Plan;
  const mounts = join(dir, 'mounts');
  mkdirSync(mounts);
  // In memory, and gone with the namespace: an ordinary user could not remove what is unpacked there.
  mount('tmpfs', mounts, 'tmpfs', ['mode=0700']);
  process.chdir(mounts);
  for (const name of ['empty', 'shown']) mkdirSync(name);
  const servers = [];
  for (const [name, path] of Object.entries(layers)) {
    if (fuse) servers.push(await mountFuse(path, name, fuse));
    else if (kind !== 'fuse')
      await mountLayer({ id: name, use: 'root', kind, path }, join(mounts, name), unpack, null);
  }
  try {
    return showOverlay(Object.keys(layers).reverse(), stacks);
  } finally {
    for (const server of servers) server.kill();
  }
}

/**
 * One overlay shows all stacks: to unmount one for each would take most of the time.
 * @param lower highest first
 */
function showOverlay(lower: readonly string[], stacks: readonly string[]): Shown {
  // Below all layers, so that the folders of stacks are merged ones, as the root of an overlay is.
  for (const stack of stacks) mkdirSync(join('empty', stack));
  mount('x', 'shown', 'overlay', ['ro', `lowerdir=${[...lower, 'empty'].join(':')}`]);
  try {
    return stacks.map((stack) => Object.fromEntries(rows(join('shown', stack), '')));
  } finally {
    unmount('shown');
  }
}

async function mountFuse(image: string, name: string, { file, args, env }: ToolCommand) {
  mkdirSync(name);
  const { dev } = statSync(name);
  // It serves the mount in the foreground (-f), so it can be ended with it.
  const server = spawnProgram(file, [...args, '-f', '--dbglevel=1', image, name], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await until(`erofsfuse ${image}`, () => server.exitCode !== null || statSync(name).dev !== dev);
  return server;
}
