import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { derivedFolder } from '../../cache/derived.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { LayerTar } from '../../layers/layer-entries.ts';
import type { KernelOptions } from '../../manifest/types.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import type { Work } from '../../work.ts';
import { extractFiles } from './extract-files.ts';
import { type KernelFileNames, kernelFileNames, missingKernelFile } from './kernel-file-names.ts';
import { type ModulesLayer, makeModulesLayer, type Stage1Modules } from './modules-layer.ts';
import { type ModuleList, ownModules } from './own-modules.ts';

/** The files that a kernel image becomes in the layered layout. */
export interface KernelFiles {
  readonly kernel: FilePiece;
  readonly ucode: FilePiece | undefined;
  /** /usr/lib/modules with the module index; undefined for a kernel without modules. */
  readonly modules: LayerTar | undefined;
  /** Names of all drivers, as modules and in the kernel itself; undefined for a kernel that does not say. */
  readonly drivers: readonly string[] | undefined;
  /** The modules that stage 1 loads, in load order. */
  readonly stage1: Stage1Modules<StageModule>;
}

export interface StageModule extends FilePiece {
  /** `00-libcrc32c.ko.xz` */
  readonly name: string;
}

/** Part of the key in the cache: raised when the files made from a kernel image change. */
const version = 3;

type KernelImage = Pick<ResolvedImage, 'name' | 'digest'> & { readonly layers: readonly LayerTar[] };

/**
 * Unpacks the kernel image into the cache, once for each image, set of names and list of modules.
 * @param list of the manifest; undefined for the image's own @throws KitError, KitErrors
 */
export async function kernelFiles(
  image: KernelImage,
  fields: KernelOptions,
  list: ModuleList | undefined,
  work: Work,
): Promise<KernelFiles> {
  const names = kernelFileNames(fields);
  const own = list && (await ownModules(image, names.tar, list, work));
  const key = `kernel ${version} ${image.digest} ${JSON.stringify(names)} ${own ?? ''}`;
  const make = (folder: string): Promise<void> =>
    work.progress.task(`Unpack kernel ${image.name}`, () => unpack(image, names, own, folder, work));
  return readFolder(await derivedFolder(work, key, make));
}

/**
 * Fills a folder of the cache: `kernel`, `ucode`, `modules.tar`, the modules of stage 1 in `m/`, and
 * `parts.json` with the rest of KernelFiles.
 */
async function unpack(
  image: KernelImage,
  names: KernelFileNames,
  ownTar: string | undefined,
  folder: string,
  work: Work,
): Promise<void> {
  await mkdir(join(folder, 'm'));
  const wanted = new Map([
    [names.kernel, 'kernel'],
    ...(names.tar === undefined || ownTar !== undefined ? [] : [[names.tar, 'kernel.tar'] as const]),
    ...(names.ucode === undefined ? [] : [[names.ucode, 'ucode'] as const]),
  ]);
  const found = await extractFiles(image, wanted, folder, work);
  for (const name of wanted.keys()) if (!found.has(name)) throw missingKernelFile(name, image.name);
  if (ownTar !== undefined) await copyFile(ownTar, join(folder, 'kernel.tar'));
  const modules = names.tar === undefined ? null : await makeModulesLayer(folder, image.name, work);
  await writeFile(join(folder, 'parts.json'), JSON.stringify({ modules }));
}

async function readFolder(folder: string): Promise<KernelFiles> {
  const { modules } = JSON.parse(await readFile(join(folder, 'parts.json'), 'utf8')) as {
    modules: ModulesLayer | null;
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
    drivers: modules?.drivers,
    stage1: {
      layers: await pieces(modules?.stage1.layers),
      medium: await pieces(modules?.stage1.medium),
      storage: await pieces(modules?.stage1.storage),
    },
  };
}
