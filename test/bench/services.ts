import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { type Measured, measure, median, middleRun } from './measure.ts';

const kit = join(kitRoot, 'kit');
const head = `kernel: {image: pkg/kernel, cmdline: console=ttyS0}
init: [pkg/init, pkg/crun, pkg/containerd, pkg/supervisor]
services:
`;

/** A manifest with `count` Node services on one runtime, each a package of its own with different bytes. */
export class NodeServices {
  readonly build: readonly string[];
  readonly #dir: string;
  readonly #name: string;

  constructor(dir: string, count: number) {
    this.#dir = dir;
    this.#name = `services-${count}`;
    this.build = ['build', '--dir', dir, join(dir, `${this.#name}.yml`)];
  }

  /** Writes the manifest and builds it once to fill the cache. */
  static async of(dir: string, count: number): Promise<NodeServices> {
    const services = new NodeServices(dir, count);
    const names = Array.from({ length: count }, (_, at) => `service-${at}`);
    for (const name of names) {
      const folder = join(dir, services.#name, name);
      await cp(join(kitRoot, 'examples', 'node-app'), folder, { recursive: true });
      await edit(join(folder, 'main.ts'), name);
    }
    await services.#write(
      names.map((name) => `  - {name: ${name}, image: ./${services.#name}/${name}}\n`).join(''),
    );
    await measure(kit, services.build, kitRoot);
    return services;
  }

  unchanged(): Promise<Measured> {
    return median(5, kit, this.build, kitRoot);
  }

  /** The median of builds after an edit of one file of one service. */
  async oneChanged(): Promise<Measured> {
    const runs: Measured[] = [];
    for (let round = 0; round < 5; round++) {
      await edit(join(this.#dir, this.#name, 'service-0', 'main.ts'), `round ${round} of ${Date.now()}`);
      runs.push(await measure(kit, this.build, kitRoot));
    }
    return middleRun(runs);
  }

  /** Total size of kernel and initrd in bytes. */
  async size(): Promise<number> {
    const files = ['kernel', 'initrd.img'].map((part) => stat(join(this.#dir, `${this.#name}-${part}`)));
    return (await Promise.all(files)).reduce((sum, { size }) => sum + size, 0);
  }

  /** Measures one build that converts every layer, and a file of 1 GiB: half random, half zeros. */
  async cold(): Promise<Measured> {
    const big = join(this.#dir, 'big');
    await writeFile(big, halfRandom(1024));
    await this.#write(`files: [{path: big, source: ${big}}]\n`, await this.#read());
    const cache = await withoutLayers();
    try {
      return await measure(kit, this.build, kitRoot, { ...process.env, KIT_CACHE: cache });
    } finally {
      await rm(cache, { recursive: true });
      await rm(big);
    }
  }

  #write(text: string, before = head): Promise<void> {
    return writeFile(join(this.#dir, `${this.#name}.yml`), before + text);
  }

  #read(): Promise<string> {
    return readFile(join(this.#dir, `${this.#name}.yml`), 'utf8');
  }
}

/** Changes the program, so that its bundle has different bytes. */
async function edit(source: string, word: string): Promise<void> {
  const text = await readFile(source, 'utf8');
  const own = text.split('\n// bench\n')[0];
  await writeFile(source, `${own}\n// bench\nprocess.title = ${JSON.stringify(word)};\n`);
}

function* halfRandom(mebibytes: number): Iterable<Uint8Array> {
  const piece = Buffer.alloc(1 << 20);
  // 64 KiB of new random bytes in each cluster of 128 KiB; clusters are compressed independently.
  for (let at = 0; at < piece.length; at += 128 << 10)
    crypto.getRandomValues(piece.subarray(at, at + (64 << 10)));
  for (let i = 0; i < mebibytes; i++) yield piece;
}

/**
 * A cache on the same file system that shares everything but the layers with the user's. The caller removes
 * it.
 */
async function withoutLayers(): Promise<string> {
  const own = cacheDir(process.env);
  const names = await readdir(own);
  const cache = await mkdtemp(join(own, 'bench-'));
  for (const name of names) {
    if (name !== 'layers') await symlink(join(own, name), join(cache, name));
  }
  await mkdir(join(cache, 'layers'));
  return cache;
}
