import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBody, type TarEntry } from '../../../lib/archive/tar.ts';
import type { ResolvedImage } from '../../cache/stored-image.ts';
import { Bodies } from '../../layers/bodies.ts';
import { type IndexedEntry, nestedEntries } from '../../layers/layer-entries.ts';
import { mergedLayers } from '../../layers/merge.ts';
import type { FilePiece } from '../../pieces/piece.ts';
import { derivedFolder } from '../../work/derived.ts';
import type { Work } from '../../work/work.ts';
import { decompressedKernel } from '../kernel/decompress-kernel.ts';
import { kernelNames, missing } from '../kernel/kernel.ts';
import type { Assembly } from '../plan/assembly.ts';
import { created, createdFile, createdTime, withOrigin } from '../plan/created.ts';
import { sourceName } from '../plan/source-name.ts';

/** A kernel image as LinuxKit takes it apart. */
export interface FlatKernel {
  readonly kernel: FilePiece;
  readonly ucode: FilePiece | undefined;
  /** `boot/` with kernel, command line and microcode, and what the archive of modules holds; a walk each. */
  entries(): AsyncIterable<TarEntry>;
}

/** Takes what the manifest names out of the root of the kernel image; everything else in it is left. */
export async function flatKernel(
  image: ResolvedImage,
  { manifest, decompressKernel }: Assembly,
  work: Work,
): Promise<FlatKernel> {
  const fields = manifest.kernel?.value ?? {};
  const origin = { source: sourceName(fields.image ?? image.name, image), location: 'kernel' };
  const names = kernelNames(fields);
  const found = await namedFiles(image, Object.values(names), work);
  const compressed = await extracted(image, required(found, names.kernel, image), work);
  const kernel = decompressKernel ? await decompressedKernel(compressed, work) : compressed;
  const modules = names.tar === undefined ? undefined : required(found, names.tar, image);
  const ucode = names.ucode === undefined ? undefined : required(found, names.ucode, image);
  return {
    kernel,
    ucode: ucode && { file: ucode.file, bytes: ucode.size, offset: ucode.offset },
    async *entries() {
      using bodies = new Bodies();
      yield created({ path: 'boot', type: 'directory' }, origin);
      for (const [name, entry] of found) {
        if (name === names.kernel) {
          yield createdFile('boot/cmdline', fields.cmdline ?? '', origin);
          const { file, bytes } = kernel;
          yield created({ path: 'boot/kernel', mode: entry.mode, size: bytes, body: fileBody(file) }, origin);
        } else if (entry === ucode) {
          const { mode, size, body } = bodies.entry(entry);
          yield created({ path: 'boot/ucode.cpio', mode, size, body }, origin);
        } else if (entry === modules) {
          const key = `${name} of ${image.digest}`;
          for (const inner of await nestedEntries(entry, key, work)) {
            if (inner.path !== '') yield withOrigin(moduleEntry(bodies.entry(inner)), origin);
          }
        }
      }
    },
  };
}

/** boot/ is 0755 in every output; LinuxKit gives it the mode that it has in the archive of modules, but not in initrds. */
function moduleEntry(entry: TarEntry): TarEntry {
  return entry.path === 'boot' && entry.type === 'directory'
    ? { ...entry, mode: 0o755, uid: 0, gid: 0, mtime: createdTime }
    : entry;
}

/** Files at the root of the image, by name, in the order they lie there; a hard link stands for its file. */
async function namedFiles(
  { layers }: ResolvedImage,
  names: readonly (string | undefined)[],
  work: Work,
): Promise<ReadonlyMap<string, IndexedEntry>> {
  const found = (await mergedLayers(layers, work)).filter(({ path }) => names.includes(path));
  return new Map(found.map(({ path, ...entry }) => [path, entry.source ?? { path, ...entry }] as const));
}

function required(
  found: ReadonlyMap<string, IndexedEntry>,
  name: string,
  image: ResolvedImage,
): IndexedEntry {
  const entry = found.get(name);
  if (entry?.type !== 'file') throw missing(name, image.name);
  return entry;
}

/** The kernel as a file: tools want a path. */
async function extracted(image: ResolvedImage, entry: IndexedEntry, work: Work): Promise<FilePiece> {
  const folder = await derivedFolder(work, `flat kernel 1 ${image.digest} ${entry.path}`, async (made) => {
    using bodies = new Bodies();
    await writeFile(join(made, 'kernel'), bodies.bytes(entry));
  });
  const file = join(folder, 'kernel');
  return { file, bytes: (await stat(file)).size };
}
