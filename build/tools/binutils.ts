import { debianSource } from '../debian/source.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import { dataFile } from '../host/paths.ts';
import type { Work } from '../work.ts';
import { debianTree, type Tools, toolsTree } from './tree.ts';

/** A tools tree with strip for one architecture, and the name of that program. */
export interface Binutils {
  readonly tools: Tools;
  readonly strip: string;
}

/**
 * strip for the architecture of `work`. The strip of the base tree supports this machine's architecture only;
 * strip for the other architecture is in a separate tree, fetched when first needed.
 */
export async function binutils(work: Work): Promise<Binutils> {
  if (work.arch === hostArch) return { tools: await toolsTree(work), strip: 'strip' };
  const { debian, gnu } = names[work.arch];
  const source = debianSource({ packages: [`binutils-${debian}`] });
  const lock = dataFile(`build/tools/binutils-${work.arch}.lock.json`);
  return { tools: await debianTree(`binutils for ${work.arch}`, source, lock, work), strip: `${gnu}-strip` };
}

/** The package of Debian's cross binutils, and the prefix of its programs. */
const names: Readonly<Record<Arch, { readonly debian: string; readonly gnu: string }>> = {
  amd64: { debian: 'x86-64-linux-gnu', gnu: 'x86_64-linux-gnu' },
  arm64: { debian: 'aarch64-linux-gnu', gnu: 'aarch64-linux-gnu' },
};
