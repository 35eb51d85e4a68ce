import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  bodyBytes,
  readTar,
  type TarEntry,
  tarEntry,
  textEntry,
  writeTar,
} from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import type { LayerTar } from '../../layers/layer-entries.ts';
import type { Kernel } from '../../manifest/types.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import { derivedFolder } from '../../work/derived.ts';
import type { Work } from '../../work/work.ts';
import { loadClosure, type ModuleTables, moduleIndex } from './module-index.ts';

/** What a kernel image becomes. */
export interface KernelParts {
  readonly kernel: FilePiece;
  readonly ucode: FilePiece | undefined;
  /** /usr/lib/modules with the module index; absent for a kernel without modules. */
  readonly modules: LayerTar | undefined;
  /** Files for stage 1 to load, in order. */
  readonly stage1: Stage1Modules<StageModule>;
}

export interface StageModule extends FilePiece {
  /** `00-libcrc32c.ko.xz` */
  readonly name: string;
}

/** What stage 1 needs before it can mount the root file system; nothing is in two of the lists. */
export interface Stage1Modules<T> {
  /** Wherever the layers are. */
  readonly layers: readonly T[];
  /** To read a medium, and the disks of nearly every virtual machine. */
  readonly medium: readonly T[];
  /** Drivers of all that a medium may be besides. */
  readonly storage: readonly T[];
}

/** Those that the kernel image lacks, or has built in, are left out. */
const stage1Modules: Stage1Modules<string> = {
  layers: ['loop', 'erofs', 'overlay'],
  medium: ['squashfs', 'isofs', 'virtio_blk'],
  storage: [
    ...['virtio_mmio', 'virtio_scsi', 'virtio_pmem', 'ahci', 'ata_piix', 'nvme', 'sd_mod', 'sr_mod'],
    ...['xen_blkfront', 'hv_storvsc', 'vmw_pvscsi', 'mptspi', 'mptsas', 'mmc_block', 'sdhci_pci'],
    ...['xhci_pci', 'ehci_pci', 'uhci_hcd', 'usb_storage', 'uas'],
  ],
};

/** Raised when what is made of a kernel image changes. */
const version = 2;

interface KernelImage {
  readonly name: string;
  readonly digest: Digest;
  readonly layers: readonly LayerTar[];
}

/** The kernel, its modules as a layer, and what stage 1 loads; made once for each kernel image. */
export async function kernelParts(image: KernelImage, fields: Kernel, work: Work): Promise<KernelParts> {
  const names = kernelNames(fields);
  const key = `kernel ${version} ${image.digest} ${JSON.stringify(names)}`;
  const make = (folder: string): Promise<void> =>
    work.progress.task(`Unpack kernel ${image.name}`, () => derive(image, names, folder));
  return readParts(await derivedFolder(work, key, make));
}

/** What files at the root of a kernel image are called. */
interface Names {
  readonly kernel: string;
  readonly tar: string | undefined;
  readonly ucode: string | undefined;
}

export function kernelNames({ binary, tar = 'kernel.tar', ucode }: Kernel): Names {
  return { kernel: binary || 'kernel', tar: tar === '' || tar === 'none' ? undefined : tar, ucode };
}

async function derive(image: KernelImage, names: Names, folder: string): Promise<void> {
  await mkdir(join(folder, 'm'));
  const wanted = new Map([
    [names.kernel, 'kernel'],
    ...(names.tar === undefined ? [] : [[names.tar, 'kernel.tar'] as const]),
    ...(names.ucode === undefined ? [] : [[names.ucode, 'ucode'] as const]),
  ]);
  const found = await extractFiles(image.layers, wanted, folder);
  for (const name of wanted.keys()) if (!found.has(name)) throw missing(name, image.name);
  const modules = names.tar === undefined ? undefined : await deriveModules(folder, image.name);
  await writeFile(join(folder, 'parts.json'), JSON.stringify({ modules: modules ?? null }));
}

/** What to say of a file that a kernel image should have. */
export function missing(name: string, image: string): KitError {
  return new KitError(`Cannot find "${name}" in kernel image "${image}"`, {
    hint: 'kernel.binary, kernel.tar and kernel.ucode say what the files are called; tar: none is for no modules',
  });
}

/** Copies files of the image's root, by name, to `folder`; of the newest layer that has each. */
async function extractFiles(
  layers: readonly LayerTar[],
  wanted: ReadonlyMap<string, string>,
  folder: string,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const layer of layers) {
    for await (const entry of readTar(createReadStream(layer.path), layer.path)) {
      const target = wanted.get(entry.path);
      if (target === undefined || entry.type !== 'file') continue;
      await saveBody(entry, join(folder, target));
      found.add(entry.path);
    }
  }
  return found;
}

async function saveBody(entry: TarEntry, path: string): Promise<void> {
  await pipeline(entry.body, createWriteStream(path));
}

interface Modules {
  readonly diffId: Digest;
  readonly stage1: Stage1Modules<string>;
}

async function deriveModules(folder: string, image: string): Promise<Modules> {
  const source = join(folder, 'kernel.tar');
  const tables = await readTables(source, image);
  const index = moduleIndex(tables);
  const { digest } = await writeTar(join(folder, 'modules.tar'), modulesLayer(source, JSON.stringify(index)));
  const { layers, medium, storage } = stage1Modules;
  const paths = loadClosure([...layers, ...medium, ...storage], index);
  const names = new Map(
    paths.map((path, at) => [`usr/lib/modules/${tables.release}/${path}`, stage1Name(path, at)]),
  );
  await extractFiles([{ diffId: digest, path: join(folder, 'modules.tar') }], names, join(folder, 'm'));
  // Its content lives on in modules.tar.
  await rm(source);
  // A closure is the beginning of the closure of a longer list.
  const ends = [layers, [...layers, ...medium]].map((wanted) => loadClosure(wanted, index).length);
  const between = (from?: number, to?: number): string[] => [...names.values()].slice(from, to);
  return {
    diffId: digest,
    stage1: {
      layers: between(0, ends[0]),
      medium: between(ends[0], ends[1]),
      storage: between(ends[1]),
    },
  };
}

const stage1Name = (path: string, at: number): string =>
  `${String(at).padStart(2, '0')}-${path.replace(/^.*\//, '')}`;

/** Where distributions without a merged /usr keep them. */
const canonical = (path: string): string => path.replace(/^lib\/modules(?=\/|$)/, 'usr/lib/modules');

async function readTables(source: string, image: string): Promise<ModuleTables> {
  const present = new Set<string>();
  const texts = { dep: '', alias: '' };
  let release = '';
  for await (const entry of readTar(createReadStream(source), `kernel.tar of ${image}`)) {
    const [, found = '', path = ''] = /^usr\/lib\/modules\/([^/]+)\/(.+)$/.exec(canonical(entry.path)) ?? [];
    if (path === '') continue;
    release = found;
    if (/\.ko(?:\.\w+)?$/.test(path)) present.add(path);
    if (path === 'modules.dep') texts.dep = (await bodyBytes(entry)).toString();
    if (path === 'modules.alias') texts.alias = (await bodyBytes(entry)).toString();
  }
  return { release, ...texts, present };
}

/** kernel.tar as a layer: parents first, /lib/modules moved below /usr, and the index added. */
async function* modulesLayer(source: string, index: string): AsyncGenerator<TarEntry> {
  const known = new Set<string>();
  for (const path of ['usr', 'usr/lib', 'usr/lib/modules']) {
    known.add(path);
    yield tarEntry({ path, type: 'directory' });
  }
  yield textEntry('usr/lib/modules/kit-index.json', index);
  for await (const entry of readTar(createReadStream(source), source)) {
    const path = canonical(entry.path);
    if (path === '' || path === 'lib' || known.has(path)) continue;
    // modprobe's binary tables are for kmod; `build` and `source` point into a build machine.
    yield { ...entry, path };
  }
}

async function readParts(folder: string): Promise<KernelParts> {
  const { modules } = JSON.parse(await readFile(join(folder, 'parts.json'), 'utf8')) as {
    modules: Modules | null;
  };
  const piece = async (...names: string[]): Promise<FilePiece> => {
    const file = join(folder, ...names);
    return { file, bytes: (await stat(file)).size };
  };
  const pieces = (names: readonly string[] = []): Promise<StageModule[]> =>
    Promise.all(names.map(async (name) => ({ name, ...(await piece('m', name)) })));
  return {
    kernel: await piece('kernel'),
    ucode: existsSync(join(folder, 'ucode')) ? await piece('ucode') : undefined,
    modules: modules ? { diffId: modules.diffId, path: join(folder, 'modules.tar') } : undefined,
    stage1: {
      layers: await pieces(modules?.stage1.layers),
      medium: await pieces(modules?.stage1.medium),
      storage: await pieces(modules?.stage1.storage),
    },
  };
}
