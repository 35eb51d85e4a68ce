import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { readIndex } from '../../lib/oci/read.ts';
import { type Descriptor, type Index, mediaTypes } from '../../lib/oci/types.ts';
import { refNameAnnotation } from './annotations.ts';
import { withLock } from './file-lock.ts';
import { writeWhole } from './write.ts';

/** A named entry of index.json: the image `kit/dhcp:3f2a…` for one architecture, or an index. */
export interface Ref {
  readonly name: string;
  readonly descriptor: Descriptor;
}

/**
 * The named entries of index.json. Entries of one name are images for different architectures; an index,
 * whose entry has no platform, is the only one of its name.
 */
export class Refs {
  readonly #file: string;
  readonly #lockFile: string;
  /** A build looks up many images, mostly in the same bytes, and parsing takes longer than reading. */
  #parsed: { readonly bytes: Buffer; readonly index: Index } | undefined;

  constructor(ociDir: string, lockFile: string) {
    this.#file = join(ociDir, 'index.json');
    this.#lockFile = lockFile;
  }

  /** The entry of this name for the architecture. An index is returned even if it lacks the architecture. */
  async get(name: string, architecture?: string): Promise<Descriptor | undefined> {
    const found = (await this.list()).filter((ref) => ref.name === name);
    const fits = ({ descriptor: { platform } }: Ref): boolean =>
      architecture === undefined || platform === undefined || platform.architecture === architecture;
    return found.find(fits)?.descriptor;
  }

  async list(): Promise<Ref[]> {
    return (await this.#read()).manifests.flatMap((descriptor) => {
      const name = descriptor.annotations?.[refNameAnnotation];
      return name === undefined ? [] : [{ name, descriptor }];
    });
  }

  /** Names the image. Another image with this name for the same architecture loses the name. */
  async set(name: string, descriptor: Descriptor): Promise<void> {
    const entry = { ...descriptor, annotations: { ...descriptor.annotations, [refNameAnnotation]: name } };
    await this.#change((manifests) => [...manifests.filter((other) => !sameRef(other, entry)), entry]);
  }

  /** False when there was no such name. */
  async remove(name: string): Promise<boolean> {
    return this.#change((manifests) => {
      const left = manifests.filter(({ annotations }) => annotations?.[refNameAnnotation] !== name);
      return left.length < manifests.length ? left : undefined;
    });
  }

  /** Writes the entries that `edit` returns; false when it returns none. */
  async #change(edit: (manifests: readonly Descriptor[]) => Descriptor[] | undefined): Promise<boolean> {
    return withLock(this.#lockFile, {}, async () => {
      const manifests = edit((await this.#read()).manifests);
      if (!manifests) return false;
      const index: Index = { schemaVersion: 2, mediaType: mediaTypes.index, manifests };
      makeFolder(dirname(this.#file));
      await writeWhole(this.#file, `${JSON.stringify(index)}\n`);
      return true;
    });
  }

  async #read(): Promise<Index> {
    try {
      const bytes = await readFile(this.#file);
      if (!this.#parsed?.bytes.equals(bytes)) {
        this.#parsed = { bytes, index: readIndex(bytes, this.#file) };
      }
      return this.#parsed.index;
    } catch (thrown) {
      if (codeOf(thrown) === 'ENOENT') {
        return { schemaVersion: 2, mediaType: mediaTypes.index, manifests: [] };
      }
      const hint = 'remove the file: its images are built again when they are needed';
      throw new KitError(reasonOf(thrown), { hint, cause: thrown });
    }
  }
}

function sameRef(a: Descriptor, b: Descriptor): boolean {
  if (a.annotations?.[refNameAnnotation] !== b.annotations?.[refNameAnnotation]) return false;
  if (!a.platform || !b.platform) return true;
  return a.platform.architecture === b.platform.architecture;
}
