import { existsSync, readdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { mountImage } from '../../../lib/linux/mount/loop.ts';
import { rpcError } from '../calls/rpc-error.ts';
import { requireImageMounts, requireMemory } from './admission.ts';
import type { DebugLayer } from './debug-layer.ts';
import { writeLayerFile } from './write-layer-file.ts';

export interface LayerStoreFolders {
  /** The store's own folder, on which a tmpfs is mounted. */
  readonly folder: string;
  /** Where the layers of the machine's image are mounted, each in a folder named by its id. */
  readonly machineLayers: string;
}

/** Milliseconds that a layer is kept after its last use, for the next program of the same image. */
const keepMs = 10 * 60_000;

/** Layers that stay mounted until they are released. */
export interface MountedLayers {
  /** Their mount points, in the requested order. */
  readonly folders: readonly string[];
  release(): void;
}

/**
 * Layers of debug images: EROFS files in a tmpfs of their own, mounted while in use. The tmpfs is unmounted
 * after its last file is removed. Layers that are also in the machine's image are used from there.
 */
export class LayerStore {
  readonly folder: string;
  readonly #machineLayers: string;
  readonly #kernel: BundleKernel;
  /** Users of each mounted layer, by digest. */
  readonly #users = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #received = 0;
  /** Layers being received and sets of mounted layers: the tmpfs must stay. */
  #busy = 0;

  constructor({ folder, machineLayers }: LayerStoreFolders, kernel: BundleKernel) {
    this.folder = folder;
    this.#machineLayers = machineLayers;
    this.#kernel = kernel;
  }

  /** Digests of the layers that are missing. @throws RpcError if there is not enough memory for them */
  missing(layers: readonly DebugLayer[]): string[] {
    requireImageMounts();
    const absent = layers.filter((layer) => !this.#has(layer));
    this.#requireMemory(absent.reduce((sum, { bytes }) => sum + bytes, 0));
    return absent.map(({ digest }) => digest);
  }

  /** Stores a layer, completely or not at all. @throws RpcError, or the error of `bytes` */
  async receive(layer: DebugLayer, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    this.#requireMemory(layer.bytes);
    this.#mountStore();
    this.#received += 1;
    this.#busy += 1;
    const part = join(this.folder, `coming-${this.#received}`);
    try {
      await writeLayerFile(part, layer, bytes);
      await rename(part, this.#file(layer));
      this.#scheduleRemoval(layer);
    } finally {
      await rm(part, { force: true });
      this.#busy -= 1;
      this.#closeIfEmpty();
    }
  }

  /**
   * Mounts layers until they are released.
   * @throws RpcError if one is missing, or why one cannot be mounted
   */
  mount(layers: readonly DebugLayer[]): MountedLayers {
    this.#mountStore();
    this.#busy += 1;
    const mounted: DebugLayer[] = [];
    const release = (): void => {
      for (const layer of mounted.splice(0)) this.#unmountLayer(layer);
      this.#busy -= 1;
      this.#closeIfEmpty();
    };
    try {
      const folders = layers.map((layer) => {
        const machineLayer = this.#machineLayer(layer);
        if (existsSync(machineLayer)) return machineLayer;
        const folder = this.#mountLayer(layer);
        mounted.push(layer);
        return folder;
      });
      return { folders, release };
    } catch (thrown) {
      release();
      throw thrown;
    }
  }

  /** Unmounts the tmpfs, in use or not. */
  close(): void {
    if (this.#kernel.isMounted(this.folder)) this.#kernel.unmount(this.folder);
  }

  #mountLayer(layer: DebugLayer): string {
    const [file, folder] = [this.#file(layer), this.#mountPoint(layer)];
    if (!existsSync(file))
      throw rpcError(status.FAILED_PRECONDITION, `Layer "${layer.digest}" is not in the machine`);
    const users = this.#users.get(layer.digest) ?? 0;
    if (users === 0) {
      makeFolder(folder);
      mountImage(file, folder, 'erofs');
    }
    clearTimeout(this.#timers.get(layer.digest));
    this.#users.set(layer.digest, users + 1);
    return folder;
  }

  #unmountLayer(layer: DebugLayer): void {
    const users = (this.#users.get(layer.digest) ?? 1) - 1;
    this.#users.set(layer.digest, users);
    if (users > 0) return;
    this.#kernel.unmount(this.#mountPoint(layer));
    this.#scheduleRemoval(layer);
  }

  #scheduleRemoval(layer: DebugLayer): void {
    clearTimeout(this.#timers.get(layer.digest));
    if ((this.#users.get(layer.digest) ?? 0) > 0) return;
    const remove = (): void => {
      rmSync(this.#file(layer), { force: true });
      this.#closeIfEmpty();
    };
    this.#timers.set(layer.digest, setTimeout(remove, keepMs).unref());
  }

  #closeIfEmpty(): void {
    if (this.#busy > 0 || !existsSync(this.folder)) return;
    if (!readdirSync(this.folder).some((name) => name.endsWith('.erofs'))) this.close();
  }

  #mountStore(): void {
    if (this.#kernel.isMounted(this.folder)) return;
    this.#kernel.makeFolder(this.folder);
    // Not noexec: the writable layers of debug containers are on it as well.
    this.#kernel.mount('tmpfs', this.folder, 'tmpfs', ['nosuid', 'nodev', 'mode=700', 'size=50%']);
  }

  #requireMemory(bytes: number): void {
    requireMemory(bytes, this.#kernel.isMounted(this.folder) ? this.folder : undefined);
  }

  #has = (layer: DebugLayer): boolean =>
    existsSync(this.#machineLayer(layer)) || existsSync(this.#file(layer));
  #machineLayer = ({ id }: DebugLayer): string => join(this.#machineLayers, id);
  #file = ({ digest }: DebugLayer): string => join(this.folder, `${hexOf(digest)}.erofs`);
  #mountPoint = ({ digest }: DebugLayer): string => join(this.folder, 'layers', hexOf(digest));
}

const hexOf = (digest: string): string => digest.slice('sha256:'.length);
