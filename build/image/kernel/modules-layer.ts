import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bodyBytes,
  readTar,
  type TarEntry,
  tarEntry,
  textEntry,
  writeTar,
} from '../../../lib/archive/tar.ts';
import type { Digest } from '../../../lib/oci/types.ts';
import { moduleName } from '../../packages/debian/modules.ts';
import type { Work } from '../../work.ts';
import { extractFiles } from './extract-files.ts';
import { loadClosure, type ModuleTables, moduleIndex } from './module-index.ts';

/** The modules that stage 1 loads before it can mount the root file system; each is in one list only. */
export interface Stage1Modules<T> {
  /** Wherever the layers are. */
  readonly layers: readonly T[];
  /** To read a medium, and the disks of nearly every virtual machine. */
  readonly medium: readonly T[];
  /** Drivers of every other kind of medium. */
  readonly storage: readonly T[];
}

/**
 * Modules that the kernel image lacks, or has built in, are left out. erofs' libcrc32c asks for an algorithm
 * when it is loaded, and stage 1 has no modprobe that the kernel could start for it.
 */
const stage1Modules: Stage1Modules<string> = {
  layers: ['loop', 'crc32c_generic', 'erofs', 'overlay'],
  medium: ['squashfs', 'isofs', 'virtio_blk'],
  storage: [
    ...['virtio_mmio', 'virtio_scsi', 'virtio_pmem', 'ahci', 'ata_piix', 'nvme', 'sd_mod', 'sr_mod'],
    ...['xen_blkfront', 'hv_storvsc', 'vmw_pvscsi', 'mptspi', 'mptsas', 'mmc_block', 'sdhci_pci'],
    ...['megaraid_sas', 'mpt3sas', 'mpi3mr', 'aacraid', 'smartpqi', 'hpsa', 'arcmsr'],
    ...['xhci_pci', 'ehci_pci', 'uhci_hcd', 'usb_storage', 'uas'],
  ],
};

/** A kernel's modules as a layer. */
export interface ModulesLayer {
  readonly diffId: Digest;
  /** Names of its modules and of those in the kernel itself. */
  readonly drivers: readonly string[];
  /** Names of files in the folder `m`. */
  readonly stage1: Stage1Modules<string>;
}

/**
 * Turns `kernel.tar` in the folder into `modules.tar`, the layer with the module index, and copies what stage
 * 1 loads to `m/`. Removes `kernel.tar`, whose content is all in the layer.
 * @param image name of the kernel image, for messages
 */
export async function makeModulesLayer(folder: string, image: string, work: Work): Promise<ModulesLayer> {
  const [source, target] = [join(folder, 'kernel.tar'), join(folder, 'modules.tar')];
  const tables = await readTables(source, image);
  const index = moduleIndex(tables);
  const { digest } = await writeTar(target, layerEntries(source, JSON.stringify(index)));
  const { layers, medium, storage } = stage1Modules;
  const paths = loadClosure([...layers, ...medium, ...storage], index);
  const names = new Map(
    paths.map((path, at) => [`usr/lib/modules/${tables.release}/${path}`, numberedName(path, at)]),
  );
  const layer = { name: image, layers: [{ diffId: digest, path: target }] };
  await extractFiles(layer, names, join(folder, 'm'), work);
  await rm(source);
  // The closure of a list begins with the closure of each of its prefixes.
  const ends = [layers, [...layers, ...medium]].map((wanted) => loadClosure(wanted, index).length);
  const between = (from?: number, to?: number): string[] => [...names.values()].slice(from, to);
  return {
    diffId: digest,
    drivers: [...Object.keys(index.modules), ...tables.builtin.split('\n').filter(Boolean).map(moduleName)],
    stage1: {
      layers: between(0, ends[0]),
      medium: between(ends[0], ends[1]),
      storage: between(ends[1]),
    },
  };
}

/** Stage 1 loads the files of a folder in the order of their names. */
const numberedName = (path: string, at: number): string =>
  `${String(at).padStart(2, '0')}-${path.replace(/^.*\//, '')}`;

/** Distributions without a merged /usr have /lib/modules. */
const mergedUsr = (path: string): string => path.replace(/^lib\/modules(?=\/|$)/, 'usr/lib/modules');

async function readTables(source: string, image: string): Promise<ModuleTables & { builtin: string }> {
  const present = new Set<string>();
  const texts = { dep: '', alias: '', builtin: '' };
  let release = '';
  for await (const entry of readTar(createReadStream(source), `kernel.tar of ${image}`)) {
    const [, found = '', path = ''] = /^usr\/lib\/modules\/([^/]+)\/(.+)$/.exec(mergedUsr(entry.path)) ?? [];
    if (path === '') continue;
    release = found;
    if (/\.ko(?:\.\w+)?$/.test(path)) present.add(path);
    if (path === 'modules.dep') texts.dep = (await bodyBytes(entry)).toString();
    if (path === 'modules.alias') texts.alias = (await bodyBytes(entry)).toString();
    if (path === 'modules.builtin') texts.builtin = (await bodyBytes(entry)).toString();
  }
  return { release, ...texts, present };
}

/** kernel.tar as a layer: parents first, /lib/modules moved below /usr, and the index added. */
async function* layerEntries(source: string, index: string): AsyncGenerator<TarEntry> {
  const known = new Set<string>();
  for (const path of ['usr', 'usr/lib', 'usr/lib/modules']) {
    known.add(path);
    yield tarEntry({ path, type: 'directory' });
  }
  yield textEntry('usr/lib/modules/kit-index.json', index);
  for await (const entry of readTar(createReadStream(source), source)) {
    const path = mergedUsr(entry.path);
    if (path === '' || path === 'lib' || known.has(path)) continue;
    yield { ...entry, path };
  }
}
