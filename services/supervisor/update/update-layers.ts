import { readdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { mountImage } from '../../../lib/linux/mount/loop.ts';
import type { UpdateLayer } from '../../../lib/updates/statement.ts';
import { requireImageMounts, requireMemory } from '../debug-image/admission.ts';
import { writeLayerFile } from '../debug-image/write-layer-file.ts';
import { mountedLayers } from './service-set.ts';

const what = 'an update';

/** Layers that came by updates: EROFS files in memory, mounted beside those of the image. */
export class UpdateLayers {
  readonly #folder: string;
  readonly #mounted: string;
  readonly #kernel: BundleKernel;

  /** `folder`: on a tmpfs. `mounted`: the folder of the mount points of all layers. */
  constructor(folder: string, mounted: string, kernel: BundleKernel) {
    this.#folder = folder;
    this.#mounted = mounted;
    this.#kernel = kernel;
  }

  /** Those that have to be sent. @throws RpcError if there is not enough memory for them */
  missing(layers: readonly UpdateLayer[]): UpdateLayer[] {
    const present = new Set(mountedLayers(this.#mounted));
    const absent = layers.filter(({ id }) => !present.has(id));
    if (absent.length === 0) return [];
    requireImageMounts(what);
    makeFolder(this.#folder);
    const bytes = absent.reduce((sum, layer) => sum + layer.bytes, 0);
    requireMemory(bytes, this.#folder, what);
    return absent;
  }

  /** Stores a layer and mounts it, or leaves nothing. @throws RpcError, or the error of `bytes` */
  async receive(layer: UpdateLayer, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const part = join(this.#folder, `coming-${layer.id}`);
    const target = join(this.#mounted, layer.id);
    try {
      await writeLayerFile(part, layer, bytes, what);
      await rename(part, this.#file(layer.id));
      makeFolder(target);
      mountImage(this.#file(layer.id), target, 'erofs');
    } catch (thrown) {
      rmSync(this.#file(layer.id), { force: true });
      throw thrown;
    } finally {
      await rm(part, { force: true });
    }
  }

  /** Removes all but these, by their ids. Those of the image stay. */
  keepOnly(used: ReadonlySet<string>): void {
    for (const id of this.#stored()) {
      if (used.has(id)) continue;
      const target = join(this.#mounted, id);
      if (this.#kernel.isMounted(target)) this.#kernel.unmount(target);
      rmSync(target, { recursive: true, force: true });
      rmSync(this.#file(id), { force: true });
    }
  }

  #stored(): string[] {
    try {
      return readdirSync(this.#folder).flatMap((name) => /^([0-9a-f]{16})\.erofs$/.exec(name)?.[1] ?? []);
    } catch {
      return [];
    }
  }

  #file = (id: string): string => join(this.#folder, `${id}.erofs`);
}
