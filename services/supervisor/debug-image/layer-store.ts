import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import { mountImage } from '../../../lib/linux/mount/loop.ts';
import { refusal } from '../access/refusal.ts';
import type { Layer } from './layer.ts';
import { refuseInUserNamespace, refuseTooMuch } from './room.ts';
import { writeChecked } from './write-checked.ts';

export interface StorePlaces {
  /** Of its own, in memory. */
  readonly folder: string;
  /** Where the layers of the machine's own image are mounted. */
  readonly machineLayers: string;
}

/** How long a layer stays after its last use, in milliseconds: people look around more than once. */
const lingerMs = 10 * 60_000;

/** Layers that are in use. */
export interface HeldLayers {
  /** Where each is mounted, in the order they were asked for. */
  readonly folders: readonly string[];
  release(): void;
}

/**
 * Layers of debug images: files in a file system in memory of their own, mounted while somebody uses them. A layer that
 * the machine's own image has comes from there.
 */
export class LayerStore {
  readonly folder: string;
  readonly #machineLayers: string;
  readonly #kernel: BundleKernel;
  readonly #users = new Map<string, number>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #coming = 0;
  /** What the folder is in use for: layers that come in, and those that are held. */
  #busy = 0;

  constructor({ folder, machineLayers }: StorePlaces, kernel: BundleKernel) {
    this.folder = folder;
    this.#machineLayers = machineLayers;
    this.#kernel = kernel;
  }

  /** Digests of those that are not here. @throws a refusal when there is no room for them */
  missing(layers: readonly Layer[]): string[] {
    refuseInUserNamespace();
    const absent = layers.filter((layer) => !this.#has(layer));
    this.#needRoom(absent.reduce((sum, { bytes }) => sum + bytes, 0));
    return absent.map(({ digest }) => digest);
  }

  /** Takes a layer in, which is there whole or not at all. @throws a refusal, or why the bytes do not come */
  async receive(layer: Layer, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    this.#needRoom(layer.bytes);
    this.#open();
    this.#coming += 1;
    this.#busy += 1;
    const part = join(this.folder, `coming-${this.#coming}`);
    try {
      await writeChecked(part, layer, bytes);
      await rename(part, this.#file(layer));
      this.#expireLater(layer);
    } finally {
      await rm(part, { force: true });
      this.#busy -= 1;
      this.#tidy();
    }
  }

  /** Mounts what is not mounted. @throws a refusal when one is missing, or the reason why it cannot be mounted */
  hold(layers: readonly Layer[]): HeldLayers {
    this.#open();
    this.#busy += 1;
    const held: Layer[] = [];
    const release = (): void => {
      for (const layer of held.splice(0)) this.#letGo(layer);
      this.#busy -= 1;
      this.#tidy();
    };
    try {
      const folders = layers.map((layer) => {
        const own = this.#own(layer);
        if (existsSync(own)) return own;
        const folder = this.#take(layer);
        held.push(layer);
        return folder;
      });
      return { folders, release };
    } catch (thrown) {
      release();
      throw thrown;
    }
  }

  #take(layer: Layer): string {
    const [file, folder] = [this.#file(layer), this.#mounted(layer)];
    if (!existsSync(file))
      throw refusal(status.FAILED_PRECONDITION, `Layer "${layer.digest}" is not in the machine`);
    const users = this.#users.get(layer.digest) ?? 0;
    if (users === 0) {
      mkdirSync(folder, { recursive: true });
      mountImage(file, folder, 'erofs');
    }
    clearTimeout(this.#timers.get(layer.digest));
    this.#users.set(layer.digest, users + 1);
    return folder;
  }

  #letGo(layer: Layer): void {
    const users = (this.#users.get(layer.digest) ?? 1) - 1;
    this.#users.set(layer.digest, users);
    if (users > 0) return;
    this.#kernel.unmount(this.#mounted(layer));
    this.#expireLater(layer);
  }

  #expireLater(layer: Layer): void {
    clearTimeout(this.#timers.get(layer.digest));
    if ((this.#users.get(layer.digest) ?? 0) > 0) return;
    const expire = (): void => {
      rmSync(this.#file(layer), { force: true });
      this.#tidy();
    };
    this.#timers.set(layer.digest, setTimeout(expire, lingerMs).unref());
  }

  /** Gives the memory back when nothing is left in it. */
  #tidy(): void {
    if (this.#busy > 0 || !existsSync(this.folder)) return;
    if (!readdirSync(this.folder).some((name) => name.endsWith('.erofs'))) this.close();
  }

  /** Takes everything away, in use or not. */
  close(): void {
    if (this.#kernel.isMounted(this.folder)) this.#kernel.unmount(this.folder);
  }

  #open(): void {
    if (this.#kernel.isMounted(this.folder)) return;
    this.#kernel.makeFolder(this.folder);
    // Programs run from what is written here, too.
    this.#kernel.mount('tmpfs', this.folder, 'tmpfs', ['nosuid', 'nodev', 'mode=700', 'size=50%']);
  }

  #needRoom(bytes: number): void {
    refuseTooMuch(bytes, this.#kernel.isMounted(this.folder) ? this.folder : undefined);
  }

  #has = (layer: Layer): boolean => existsSync(this.#own(layer)) || existsSync(this.#file(layer));
  #own = ({ id }: Layer): string => join(this.#machineLayers, id);
  #file = ({ digest }: Layer): string => join(this.folder, `${nameOf(digest)}.erofs`);
  #mounted = ({ digest }: Layer): string => join(this.folder, 'layers', nameOf(digest));
}

const nameOf = (digest: string): string => digest.slice('sha256:'.length);
