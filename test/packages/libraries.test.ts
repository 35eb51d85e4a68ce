import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDebianLock } from '../../build/debian/lock-file.ts';
import { fetchLockedPackages } from '../../build/debian/locked-packages.ts';
import { type Arch, hostArch } from '../../build/host/arch.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { writeDebianLayer } from '../../build/packages/debian/layer.ts';
import { type PackageDefinition, readBuildYml } from '../../build/packages/definition/build-yml.ts';
import { readElf } from '../../build/packages/external/addons/elf.ts';
import { lockedSource } from '../../build/packages/plan.ts';
import { testWork } from '../../build/testing.ts';
import { bodyBytes, readTar } from '../../lib/archive/tar.ts';

/** What Debian's packages bring into an image. */
interface Tree {
  /** Paths without a slash at their beginning. */
  readonly files: ReadonlySet<string>;
  /** Targets of symbolic links, by path. */
  readonly links: ReadonlyMap<string, string>;
  /** Programs and libraries, with the names of the libraries that each is linked to. */
  readonly programs: readonly { readonly path: string; readonly needed: readonly string[] }[];
}

/** The definitions of kit's packages whose files are Debian's. The kernel's are its own and modules. */
const all = await Promise.all(
  readdirSync(join(kitRoot, 'pkg')).map((name) => readBuildYml(join(kitRoot, 'pkg', name))),
);
const packages = all.filter(({ source }) => source.kind === 'debian' && !source.debian.kernel);

/** Bytes. LLVM is one library. */
const largestProgram = 256 << 20;

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-libraries-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const trees = new Map<string, Promise<Tree>>();

/** Of a package alone, without those below it. Each is unpacked once. */
function treeOf(definition: PackageDefinition, arch: Arch): Promise<Tree> {
  const name = `${basename(definition.dir)}-${arch}`;
  const tree = trees.get(name) ?? unpack(definition, arch, join(dir, `${name}.tar`));
  trees.set(name, tree);
  return tree;
}

async function unpack(definition: PackageDefinition, arch: Arch, tar: string): Promise<Tree> {
  const [files, links, programs] = [
    new Set<string>(),
    new Map<string, string>(),
    [] as Tree['programs'][number][],
  ];
  const work = testWork({ arch });
  const locked = await lockedSource(definition, work);
  if (!locked) return { files, links, programs };
  const { debs } = await fetchLockedPackages(locked, work);
  await writeDebianLayer({ ...locked.source, strip: false }, debs, tar, work);
  for await (const entry of readTar(createReadStream(tar), tar)) {
    if (entry.type === 'symlink') links.set(entry.path, entry.linkname);
    if (entry.type !== 'file') continue;
    files.add(entry.path);
    const elf = readElf(await bodyBytes(entry, largestProgram));
    if (elf) programs.push({ path: entry.path, needed: elf.needed });
  }
  rmSync(tar);
  return { files, links, programs };
}

/** A package's tree, and those of all packages below it. */
async function withBases(definition: PackageDefinition, arch: Arch): Promise<Tree[]> {
  const bases = await Promise.all(definition.base.map(readBuildYml));
  const below = await Promise.all(bases.map((base) => withBases(base, arch)));
  return [await treeOf(definition, arch), ...below.flat()];
}

/** Where the dynamic loader looks, ld.so(8): Debian's defaults, and the folder of plug-ins for each other. */
const foldersOf = (path: string, arch: Arch): string[] => {
  const triplet = { amd64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[arch];
  return [`usr/lib/${triplet}`, 'usr/lib', 'usr/lib64', dirname(path)];
};

/** Whether the path is a file, or a link that leads to one. */
function leadsToFile(path: string, within: readonly Tree[], hops = 8): boolean {
  if (within.some(({ files }) => files.has(path))) return true;
  const target = within.map(({ links }) => links.get(path)).find((link) => link !== undefined);
  if (target === undefined || hops === 0) return false;
  return leadsToFile(join('/', dirname(path), target).slice(1), within, hops - 1);
}

/** Programs and libraries of the package, each with what it is linked to and does not find. */
async function missing(definition: PackageDefinition, arch: Arch): Promise<string[]> {
  const [own, ...below] = await withBases(definition, arch);
  if (!own) return [];
  const finds = (path: string, library: string): boolean =>
    foldersOf(path, arch).some((folder) => leadsToFile(`${folder}/${library}`, [own, ...below]));
  return own.programs.flatMap(({ path, needed }) =>
    needed.filter((library) => !finds(path, library)).map((library) => `/${path} needs ${library}`),
  );
}

const architectures = packages.flatMap((definition) =>
  (definition.arches as readonly Arch[]).map((arch) => [basename(definition.dir), arch, definition] as const),
);

test('the lock files hold the packages of every architecture', async () => {
  const locks = packages.map(async ({ dir: folder, source, arches }) => {
    const lock =
      source.kind === 'debian'
        ? await readDebianLock(join(folder, 'debian.lock.json'), source.debian)
        : undefined;
    return arches
      .filter((arch) => !lock?.packages[arch as Arch])
      .map((arch) => `${basename(folder)} ${arch}`);
  });
  expect((await Promise.all(locks)).flat()).toEqual([]);
});

describe('programs and libraries find the libraries that they are linked to, in the package or below it', () => {
  test.each(architectures)(
    'pkg/%s for %s',
    async (_name, arch, definition) => {
      expect(await missing(definition, arch)).toEqual([]);
    },
    600_000,
  );

  test('of which there are many', async () => {
    const found = await Promise.all(trees.values());
    expect(found.flatMap(({ programs }) => programs).length).toBeGreaterThan(200);
    expect(found.flatMap(({ programs }) => programs.flatMap(({ needed }) => needed)).length).toBeGreaterThan(
      500,
    );
  });
});

test('pkg/libs has all libraries that Node needs', async () => {
  const libs = packages.find(({ dir: folder }) => basename(folder) === 'libs');
  if (!libs) throw new Error('there is no pkg/libs');
  const below = await withBases(libs, hostArch);
  const needed = readElf(readFileSync(process.execPath))?.needed ?? [];
  expect(needed.length).toBeGreaterThan(3);
  const finds = (library: string): boolean =>
    foldersOf('usr/bin/node', hostArch).some((folder) => leadsToFile(`${folder}/${library}`, below));
  expect(needed.filter((library) => !finds(library))).toEqual([]);
});
