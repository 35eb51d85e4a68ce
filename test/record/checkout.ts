import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { linkTree } from '../reproducible/world.ts';

/**
 * Creates a checkout in the empty folder `dir`, ready to build: of a git revision, or of the work tree when
 * that is undefined.
 */
export async function checkOut(revision: string | undefined, dir: string): Promise<void> {
  const archive = revision === undefined ? workTree() : git('archive', '--format=tar', revision);
  execFileSync('tar', ['-xf', '-', '-C', dir], { input: archive });
  refuseOtherDependencies(dir, revision);
  await linkTree(join(kitRoot, 'node_modules'), join(dir, 'node_modules'));
}

/** Resolves a revision to its full commit hash, `8cadbe3…`. @throws KitError on an unknown revision. */
export function commitOf(revision: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`).toString().trim();
  } catch (cause) {
    throw new KitError(`Cannot record "${revision}": git has no such commit`, { cause, exitCode: 2 });
  }
}

const git = (...args: string[]): Buffer =>
  execFileSync('git', ['-C', kitRoot, ...args], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });

/**
 * Writes a tar of the tracked and untracked files of the work tree, except ignored ones, with links as links.
 */
function workTree(): Buffer {
  const names = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').toString().split('\0');
  const isThere = (name: string): boolean =>
    name !== '' && lstatSync(join(kitRoot, name), { throwIfNoEntry: false }) !== undefined;
  const input = [...new Set(names)].filter(isThere).join('\0');
  const args = ['-C', kitRoot, '--null', '--no-recursion', '-T', '-', '-cf', '-'];
  return execFileSync('tar', args, { input, maxBuffer: 1 << 28 });
}

/** Uses the dependencies installed here; the launcher would install different ones again. */
function refuseOtherDependencies(dir: string, revision = 'the work tree'): void {
  const installed = join(kitRoot, 'node_modules/.kit-package-lock.json');
  const same =
    existsSync(installed) && readFileSync(join(dir, 'package-lock.json')).equals(readFileSync(installed));
  if (same) return;
  throw new KitError(
    `Cannot use "${revision}": its package-lock.json is not that of what is installed here`,
    {
      hint: 'run "kit version", which installs it, in a checkout of that revision, and try it there',
    },
  );
}

/**
 * Fixes the tags of packages. They are hashes that cover sources of kit and are part of an image through its
 * bill of materials and the PAX records of a tar: any change to such a source would change every image.
 */
export function fixTags(dir: string): void {
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (basename(name) !== 'build.yml') continue;
    const file = join(dir, name);
    if (!/^tag:/m.test(readFileSync(file, 'utf8'))) appendFileSync(file, '\ntag: fixed\n');
  }
}

/** A folder in `dir`, created when missing. */
export function folderIn(dir: string, name: string): string {
  mkdirSync(join(dir, name), { recursive: true });
  return join(dir, name);
}
