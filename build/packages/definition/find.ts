import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { kitRoot } from '../../host/paths.ts';
import { didYouMean } from '../../manifest/nearest.ts';

/** Whether a reference names a package (`pkg/x`, `./x`, `/x`) rather than an image. */
export function isPackageRef(ref: string): boolean {
  return /^(?:\.{1,2}(?:\/|$)|pkg\/)/.test(ref) || isAbsolute(ref);
}

/**
 * The folder of `pkg/x`, `./x` or `../x`; undefined when it has no build.yml. `pkg/x` is searched in
 * `folder`, then in kit's checkout.
 */
export function findPackage(ref: string, folder: string): string | undefined {
  const candidates = ref.startsWith('pkg/')
    ? [join(folder, ref), join(kitRoot, ref)]
    : [resolve(folder, ref)];
  return candidates.find((candidate) => existsSync(join(candidate, 'build.yml')));
}

/** ` (did you mean "pkg/sshd"?)`, or nothing. */
export function suggestPackage(ref: string, folder: string): string {
  const names = [folder, kitRoot].flatMap((root) => folderNames(join(root, 'pkg')));
  return didYouMean(ref, new Set(names.map((name) => `pkg/${name}`)));
}

function folderNames(dir: string): string[] {
  return existsSync(dir) ? readdirSync(dir) : [];
}
