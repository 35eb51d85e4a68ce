import { basename, join } from 'node:path';
import type { FetchedDebs } from '../../debian/locked-packages.ts';
import { isOfSource } from '../../debian/source.ts';
import { treeOfDebs } from '../../tools/make-tree.ts';
import type { Tools } from '../../tools/tree.ts';
import { xzOf } from '../../tools/xz.ts';
import type { Work } from '../../work.ts';

/** The tree of the packages that are tools of a build. */
export async function buildTools(title: string, { packages, debs }: FetchedDebs, work: Work): Promise<Tools> {
  const found = packages.flatMap((one, at) => {
    // It is but the folders and links that a tree has anyway, and /etc.
    const isLeftOut = isOfSource(one) || one.name === 'base-files';
    return isLeftOut ? [] : [{ one, deb: debs[at] ?? '' }];
  });
  const chosen = { packages: found.map(({ one }) => one), debs: found.map(({ deb }) => deb) };
  return treeOfDebs(title, chosen, await xzOf(work), work);
}

/** The files of the source package, by their names in the archive. */
export function sourceFiles({ packages, debs }: FetchedDebs): ReadonlyMap<string, string> {
  const files = packages.flatMap((one, at) =>
    isOfSource(one) ? [[basename(join('/', one.filename)), debs[at] ?? ''] as const] : [],
  );
  return new Map(files);
}
