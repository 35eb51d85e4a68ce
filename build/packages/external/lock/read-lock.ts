import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shownPath } from '../../definition/shown-path.ts';
import { type LockGraph, lockError } from './graph.ts';
import { npmRequests, readNpmLock } from './npm-lock.ts';
import { readPnpmLock } from './pnpm-lock.ts';
import { type LockKind, type Project, readPackageJson, requestsOf } from './project.ts';
import { readYarnLock } from './yarn-lock.ts';

/**
 * The packages in a project's lock file.
 * @param names packages that the lock file must have as the package.json asks for them
 * @throws KitError for a lock file that was made for another package.json
 */
export function readProjectLock(project: Project, names: readonly string[]): LockGraph {
  const { lockFile, kind, packageJson, importer, root } = project;
  const bytes = readFileSync(lockFile);
  const file = shownPath(lockFile);
  const wanted = requestsOf(readPackageJson(packageJson));
  if (kind === 'npm') {
    refuseMismatch(wanted, npmRequests(bytes, importer, file), names, { file, kind });
    return readNpmLock(bytes, importer, file);
  }
  if (kind === 'pnpm') {
    const lock = readPnpmLock(bytes, importer, file);
    refuseMismatch(wanted, lock.requests, names, { file, kind });
    return lock;
  }
  const graph = readYarnLock(bytes, wanted, resolutionsOf(root), file);
  // The patterns of a yarn.lock hold the ranges: one that is not found was not there when it was written.
  refuseMismatch(wanted, new Map([...wanted].filter(([name]) => graph.roots.has(name))), names, {
    file,
    kind,
  });
  return graph;
}

/** In package.json, `resolutions` maps a name, or the path of names down to it (`a/b`), to a version. */
function resolutionsOf(root: string): ReadonlyMap<string, string> {
  const found =
    readPackageJson(join(root, 'package.json')).optional('resolutions', (map) => map.texts()) ?? {};
  const byName = Object.entries(found).map(
    ([path, range]) => [/(?:@[^/]+\/)?[^/]+$/.exec(path)?.[0] ?? path, range] as const,
  );
  return new Map(byName);
}

function refuseMismatch(
  wanted: ReadonlyMap<string, string>,
  locked: ReadonlyMap<string, string>,
  names: readonly string[],
  { file, kind }: { readonly file: string; readonly kind: LockKind },
): void {
  for (const name of names) {
    const [want, has] = [wanted.get(name), locked.get(name)];
    if (want === has) continue;
    const why =
      has === undefined
        ? `it does not have "${name}", which package.json asks for`
        : want === undefined
          ? `it has "${name}", which package.json no longer asks for`
          : `it was made for "${name}" ${has}, and package.json asks for ${want}`;
    throw lockError(file, why, `run ${kind} install, which writes it anew`);
  }
}
