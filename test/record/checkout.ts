import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { linkTree } from '../reproducible/world.ts';

/**
 * A checkout in the empty folder `dir`, ready to build: of a revision of git, or of the files that lie here
 * when that is undefined. Its packages have a fixed tag.
 */
export async function checkOut(revision: string | undefined, dir: string): Promise<void> {
  const archive = revision === undefined ? workTree() : git('archive', '--format=tar', revision);
  execFileSync('tar', ['-xf', '-', '-C', dir], { input: archive });
  refuseOtherDependencies(dir, revision);
  fixTags(dir);
  await linkTree(join(kitRoot, 'node_modules'), join(dir, 'node_modules'));
}

/** `8cadbe3…`, the whole name of the commit. @throws KitError for a name that is none */
export function commitOf(revision: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`).toString().trim();
  } catch (cause) {
    throw new KitError(`Cannot record "${revision}": git knows no such commit`, { cause, exitCode: 2 });
  }
}

const git = (...args: string[]): Buffer =>
  execFileSync('git', ['-C', kitRoot, ...args], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });

/** A tar of the files that git has or would take: as they are here, with links as links. */
function workTree(): Buffer {
  const names = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').toString().split('\0');
  const isThere = (name: string): boolean =>
    name !== '' && lstatSync(join(kitRoot, name), { throwIfNoEntry: false }) !== undefined;
  const input = [...new Set(names)].filter(isThere).join('\0');
  const args = ['-C', kitRoot, '--null', '--no-recursion', '-T', '-', '-cf', '-'];
  return execFileSync('tar', args, { input, maxBuffer: 1 << 28 });
}

/** What is installed here serves every checkout, and the launcher would install other dependencies anew. */
function refuseOtherDependencies(dir: string, revision = 'the work tree'): void {
  const installed = join(kitRoot, 'node_modules/.kit-package-lock.json');
  const same =
    existsSync(installed) && readFileSync(join(dir, 'package-lock.json')).equals(readFileSync(installed));
  if (same) return;
  throw new KitError(
    `Cannot record "${revision}": its package-lock.json is not that of what is installed here`,
    {
      hint: 'run "kit version", which installs it, in a checkout of that revision, and record there',
    },
  );
}

/**
 * Tags of packages are hashes over sources of kit, too, and get into an image by its bill of materials and by
 * the PAX records of a tar: any change to such a source would change them.
 */
function fixTags(dir: string): void {
  for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
    if (basename(name) !== 'build.yml') continue;
    const file = join(dir, name);
    if (!/^tag:/m.test(readFileSync(file, 'utf8'))) appendFileSync(file, '\ntag: fixed\n');
  }
}

/** Made when missing. */
export function folderIn(dir: string, name: string): string {
  mkdirSync(join(dir, name), { recursive: true });
  return join(dir, name);
}
