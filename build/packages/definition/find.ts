import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { kitRoot } from '../../host/paths.ts';
import { didYouMean } from '../../manifest/nearest.ts';
import type { PackageRef } from '../../reference/image-ref.ts';

/** The folder of a package; undefined when none of its folders has a build.yml. */
export const packageFolder = ({ folders }: PackageRef): string | undefined => folders.find(hasDefinition);

/**
 * The folder of `pkg/x`, `./x` or `../x`; undefined when it has no build.yml. `pkg/x` is searched in
 * `folder`, then in kit's checkout.
 */
export function findPackage(ref: string, folder: string): string | undefined {
  const candidates = ref.startsWith('pkg/')
    ? [join(folder, ref), join(kitRoot, ref)]
    : [resolve(folder, ref)];
  return candidates.find(hasDefinition);
}

const hasDefinition = (folder: string): boolean => existsSync(join(folder, 'build.yml'));

/** ` (did you mean "pkg/sshd"?)`, or nothing. */
export function suggestPackage(ref: string, folder: string): string {
  const names = [folder, kitRoot].flatMap((root) => folderNames(join(root, 'pkg')));
  return didYouMean(ref, new Set(names.map((name) => `pkg/${name}`)));
}

function folderNames(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : [];
}
