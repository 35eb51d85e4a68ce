import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KitError } from '../../../../lib/errors/errors.ts';
import { parseJson } from '../../../../lib/oci/json.ts';
import { derivedFolder } from '../../../cache/derived.ts';
import { type DebianSource, debianSource } from '../../../debian/source.ts';
import { type Arch, hostArch } from '../../../host/arch.ts';
import { kitNode } from '../../../host/kit-node.ts';
import { dataFile } from '../../../host/paths.ts';
import { debianTree, type Tools } from '../../../tools/tree.ts';
import type { Work } from '../../../work.ts';
import { stagePackages } from '../stage.ts';

/** Everything that compiles an addon; folders of this machine. */
export interface Toolchain {
  /** Compiler, make and Python of Debian 13, whose glibc is that of pkg/libs. */
  readonly tools: Tools;
  /** The pinned Node with its headers, for this machine's processor. */
  readonly node: string;
  /** A folder with node_modules/node-gyp. */
  readonly gyp: string;
  /**
   * What programs of the compiler begin with when it compiles for another processor: `aarch64-linux-gnu-`.
   */
  readonly prefix: string;
}

/** GNU's name of an architecture, and Debian's of the compiler for it. */
const targets: Readonly<Record<Arch, { readonly gnu: string; readonly compiler: string }>> = {
  amd64: { gnu: 'x86_64-linux-gnu', compiler: 'g++-x86-64-linux-gnu' },
  arm64: { gnu: 'aarch64-linux-gnu', compiler: 'g++-aarch64-linux-gnu' },
};

/** What scripts of packages expect to find, besides a compiler. */
const programs = [
  ...['bash', 'busybox-static', 'coreutils', 'dash', 'findutils', 'g++', 'grep', 'make', 'mawk', 'python3'],
  ...['sed', 'util-linux'],
];

/**
 * Of their dependencies, those that are programs and libraries: no user, no log and no setting is kept there.
 */
const keep = [
  ...programs,
  ...['binutils*', 'cpp*', 'g++*', 'gcc*', 'lib*', 'linux-libc-dev*', 'python3*', 'zlib1g'],
];

export const toolchainSource = (compiler?: string): DebianSource =>
  debianSource({ packages: compiler === undefined ? programs : [...programs, compiler], keep });

/** The tool chain for the architecture of `work`; fetched when an addon is compiled for the first time. */
export async function toolchain(work: Work): Promise<Toolchain> {
  const isCross = work.arch !== hostArch;
  const { gnu, compiler } = targets[work.arch];
  const source = toolchainSource(isCross ? compiler : undefined);
  const name = isCross ? `toolchain-${work.arch}.lock.json` : 'toolchain.lock.json';
  const lock = dataFile(`build/packages/external/compile/${name}`);
  const tools = await debianTree(`compiler for ${work.arch}`, source, lock, work);
  return {
    tools,
    node: nodeWithHeaders(),
    gyp: await nodeGyp(work),
    prefix: isCross ? `${gnu}-` : '',
  };
}

function nodeWithHeaders(): string {
  const folder = dirname(dirname(kitNode()));
  if (existsSync(join(folder, 'include/node/node.h'))) return folder;
  throw new KitError('Cannot compile an addon: the Node that kit runs on was installed without its headers', {
    hint: 'install kit again',
  });
}

const gypLock = dataFile('build/packages/external/compile/node-gyp.lock.json');

/** node-gyp and what it depends on: a package-lock.json, whose root is the package.json. */
async function nodeGyp(work: Work): Promise<string> {
  const lock = await readFile(gypLock, 'utf8');
  const root = parseJson(Buffer.from(lock), gypLock, 1 << 20)
    .field('packages')
    .field('')
    .field('dependencies');
  const manifest = JSON.stringify({ name: 'node-gyp-tree', version: '0.0.0', dependencies: root.texts() });
  return derivedFolder(work, `node-gyp 1 ${lock}`, (folder) =>
    stagePackages({ manifest, lock }, [], folder, work),
  );
}
