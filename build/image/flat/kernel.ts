import { createReadStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBody, readTar, type TarEntry } from '../../../lib/archive/tar.ts';
import { derivedFolder } from '../../cache/derived.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { Bodies } from '../../layers/bodies.ts';
import type { IndexedEntry } from '../../layers/layer-entries.ts';
import { type MergedEntry, mergedFiles } from '../../layers/merge.ts';
import { nestedEntries } from '../../layers/nested-entries.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import { resolveIn } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';
import { decompressedKernel } from '../kernel/decompress-kernel.ts';
import { kernelFileNames, missingKernelFile } from '../kernel/kernel-file-names.ts';
import { moduleList, ownModules } from '../kernel/own-modules.ts';
import { createdEntry, createdFile, createdTime, withProvenance } from '../plan/created.ts';
import type { ImagePlan } from '../plan/image-plan.ts';
import { linuxkitName } from '../plan/linuxkit-name.ts';

/** The files that a kernel image becomes in LinuxKit's tree. */
export interface FlatKernel {
  readonly kernel: FilePiece;
  readonly ucode: FilePiece | undefined;
  /**
   * `boot/` with kernel, command line and microcode, and the content of the archive of modules; each call
   * walks anew.
   */
  entries(): AsyncIterable<TarEntry>;
}

/**
 * The files that the manifest names, from the root of the kernel image; other files are ignored. Undefined
 * for a manifest without a kernel.
 * @throws KitError for a file that the image lacks
 */
export async function flatKernel(plan: ImagePlan, work: Work): Promise<FlatKernel | undefined> {
  const { manifest, kernel: named, decompressKernel } = plan;
  if (!named) return undefined;
  const { image } = named;
  const fields = manifest.kernel?.value ?? {};
  const provenance = { source: linuxkitName(named), location: 'kernel' };
  const names = kernelFileNames(fields);
  const found = await namedFiles(image, Object.values(names), work);
  const compressed = await extracted(image, required(found, names.kernel, image), work);
  const kernel = decompressKernel ? await decompressedKernel(compressed, work) : compressed;
  const modules = names.tar === undefined ? undefined : required(found, names.tar, image);
  const list = moduleList(plan);
  const own = list && (await ownModules(image, names.tar, list, work));
  const ucode = names.ucode === undefined ? undefined : required(found, names.ucode, image);
  return {
    kernel,
    ucode: ucode && (await pieceOf(image, ucode, work)),
    async *entries() {
      using bodies = new Bodies();
      yield createdEntry({ path: 'boot', type: 'directory' }, provenance);
      for (const [name, entry] of found) {
        if (name === names.kernel) {
          yield createdFile('boot/cmdline', fields.cmdline ?? '', provenance);
          const { file, bytes } = kernel;
          yield createdEntry(
            { path: 'boot/kernel', mode: entry.mode, size: bytes, body: fileBody(file) },
            provenance,
          );
        } else if (entry === ucode) {
          const { mode, size, body } = bodies.entry(entry);
          yield createdEntry({ path: 'boot/ucode.cpio', mode, size, body }, provenance);
        } else if (entry === modules && own) {
          for await (const inner of readTar(createReadStream(own), name)) {
            if (inner.path !== '') yield withProvenance(moduleEntry(inner), provenance);
          }
        } else if (entry === modules) {
          const key = `${name} of ${image.digest}`;
          for (const inner of await nestedEntries(entry, key, work)) {
            if (inner.path !== '') yield withProvenance(moduleEntry(bodies.entry(inner)), provenance);
          }
        }
      }
    },
  };
}

/**
 * boot/ is 0755 in every output. In LinuxKit it has the mode that it has in the archive of modules, except in
 * initrds.
 */
function moduleEntry(entry: TarEntry): TarEntry {
  return entry.path === 'boot' && entry.type === 'directory'
    ? { ...entry, mode: 0o755, uid: 0, gid: 0, mtime: createdTime, nanoseconds: 0 }
    : entry;
}

/** Files at the root of the image, by name, in the image's order; links are followed to their files. */
async function namedFiles(
  image: ResolvedImage,
  names: readonly (string | undefined)[],
  work: Work,
): Promise<ReadonlyMap<string, IndexedEntry>> {
  const all = await mergedFiles(image, work);
  const followed = (entry: MergedEntry): IndexedEntry => all.get(resolveIn(all, entry.path)) ?? entry;
  return new Map(
    [...all.values()]
      .filter(({ path }) => names.includes(path))
      .map((entry) => [entry.path, followed(entry)]),
  );
}

function required(
  found: ReadonlyMap<string, IndexedEntry>,
  name: string,
  image: ResolvedImage,
): IndexedEntry {
  const entry = found.get(name);
  if (entry?.type !== 'file') throw missingKernelFile(name, image.name);
  return entry;
}

/** A file where it is in its layer; one that is stored as a sparse file is in pieces there. */
async function pieceOf(image: ResolvedImage, entry: IndexedEntry, work: Work): Promise<FilePiece> {
  if (entry.segments) return extracted(image, entry, work);
  return { file: entry.file, bytes: entry.size, offset: entry.offset };
}

/** The kernel as a file of its own in the cache, for tools that need a path. */
async function extracted(image: ResolvedImage, entry: IndexedEntry, work: Work): Promise<FilePiece> {
  const folder = await derivedFolder(work, `flat kernel 1 ${image.digest} ${entry.path}`, async (made) => {
    using bodies = new Bodies();
    await writeFile(join(made, 'kernel'), bodies.bytes(entry));
  });
  const file = join(folder, 'kernel');
  return { file, bytes: (await stat(file)).size };
}
