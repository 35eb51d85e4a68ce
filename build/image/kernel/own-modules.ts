import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { derivedFolder } from '../../cache/derived.ts';
import { inScratch } from '../../cache/scratch.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import type { LayerTar } from '../../layers/layer-entries.ts';
import { mergedFiles } from '../../layers/merge.ts';
import { firmwareFolder, firmwareFor } from '../../packages/debian/firmware.ts';
import { depmod, otherModulesName } from '../../packages/debian/module-files.ts';
import { withNeeded } from '../../packages/debian/modules.ts';
import type { Work } from '../../work.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { changeModules, type ModuleWord } from './change-modules.ts';
import { extractFiles } from './extract-files.ts';
import { missingKernelFile } from './kernel-file-names.ts';
import { mentionedModules } from './mentioned-modules.ts';
import { type ArchiveContents, readModuleArchives, unpackModules, withModulesOf } from './module-archives.ts';

/** What a manifest says of a kernel image's list of modules. */
export interface ModuleList {
  /** The kernel image as the manifest names it, for messages. */
  readonly image: string;
  readonly words: readonly ModuleWord[];
  readonly always: readonly string[];
}

/** Undefined for a manifest that takes the image's list as it is. */
export function moduleList({
  manifest,
  kernel,
  kitInit,
}: Pick<ImagePlan, 'manifest' | 'kernel' | 'kitInit'>): ModuleList | undefined {
  const mentioned = mentionedModules(manifest);
  const own = manifest.kernelModules.flatMap(({ value, origin }) =>
    value.map((text, at) => ({ text, place: origin.place([at]) })),
  );
  const words = [...mentioned, ...own];
  if (words.length === 0) return undefined;
  // Stage 1 puts the root file system together with them.
  return { image: kernel?.ref.text ?? '', words, always: kitInit ? ['loop', 'erofs', 'overlay'] : [] };
}

/** Part of the key in the cache: raised when the archives become others. */
const version = 2;

type KernelImage = Pick<ResolvedImage, 'name' | 'digest'> & { readonly layers: readonly LayerTar[] };

/**
 * The archive of modules that a manifest's list makes of a kernel image, to take the place of the image's:
 * the image's own modules, and those that pkg/kernel keeps beside them (`kernel-more.tar`). Undefined where
 * the image's is right as it is.
 * @param archive name of the image's archive @throws KitError, KitErrors
 */
export async function ownModules(
  image: KernelImage,
  archive: string | undefined,
  list: ModuleList,
  work: Work,
): Promise<string | undefined> {
  // What the manifest only mentions is built into kernels of other people, or among their modules.
  const onlyMentioned = list.words.every(({ mentioned }) => mentioned);
  if (onlyMentioned && !(await mergedFiles(image, work)).has(otherModulesName)) return undefined;
  if (archive === undefined) {
    throw new KitError('Cannot choose kernel modules: `tar: none` says that the kernel has none', {
      place: list.words[0]?.place,
    });
  }
  const words = JSON.stringify([list.words.map(({ text, mentioned }) => [text, mentioned]), list.always]);
  const key = `kernel modules ${version} ${image.digest} ${archive} ${words}`;
  const folder = await derivedFolder(work, key, (made) =>
    work.progress.task(`Choose the modules of ${image.name}`, () =>
      inScratch(work.cache.dir, (scratch) => choose({ image, archive, list }, scratch, made, work)),
    ),
  );
  const notes = JSON.parse(await readFile(join(folder, 'notes.json'), 'utf8')) as string[];
  for (const note of notes) work.progress.line(`kernel.modules: ${note}`);
  return join(folder, 'kernel.tar');
}

interface Choice {
  readonly image: KernelImage;
  readonly archive: string;
  readonly list: ModuleList;
}

async function choose(
  { image, archive, list }: Choice,
  scratch: string,
  made: string,
  work: Work,
): Promise<void> {
  const names = new Map([
    [archive, 'kernel.tar'],
    [otherModulesName, 'more.tar'],
  ]);
  const found = await extractFiles(image, names, scratch, work);
  if (!found.has(archive)) throw missingKernelFile(archive, image.name);
  const archives = [...names].filter(([name]) => found.has(name)).map(([, file]) => join(scratch, file));
  const contents = await readModuleArchives(archives, image.name);
  const { release, prefix, named, tables } = contents;
  const { paths, notes } = changeModules({ ...list, named }, tables);
  const firmware = firmwareOf(paths, contents);
  const tree = join(scratch, 'tree');
  await mkdir(tree);
  const chosen = { modules: new Set(paths), firmware: new Set(firmware.files) };
  await unpackModules(archives, chosen, tree);
  await depmod(tree, release, work);
  const [first = ''] = archives;
  const places = contents.firmware ? ([prefix, firmwareFolder] as const) : ([prefix] as const);
  await writeTar(join(made, 'kernel.tar'), withModulesOf(tree, first, places));
  await writeFile(join(made, 'notes.json'), JSON.stringify([...notes, ...firmware.notes]));
}

/** What the chosen modules name; and a sentence about what is missing, and not in the image's own list. */
function firmwareOf(
  paths: readonly string[],
  { firmware, firmwareFiles, named, tables }: ArchiveContents,
): { readonly files: readonly string[]; readonly notes: readonly string[] } {
  if (!firmware) return { files: [], notes: [] };
  const { files, missing } = firmwareFor(paths, firmware, firmwareFiles);
  const known = firmwareFor(withNeeded(named, tables), firmware, firmwareFiles).missing;
  const fresh = missing.filter((name) => !known.includes(name));
  const note = `there is no firmware ${fresh.join(', ')}, which modules of the list name`;
  return { files, notes: fresh.length > 0 ? [note] : [] };
}
