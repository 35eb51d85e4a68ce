import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { textEntry, writeTar } from '../../../lib/archive/tar.ts';
import { testWork } from '../../testing.ts';
import type { Work } from '../../work.ts';

/**
 * A project with a lock file, and the registry of its packages, on loopback: `await TestRegistry.start()`.
 */
export class TestRegistry implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-external-'));
  readonly #server: Server;
  /** Makes packages of each run new to kit's cache, which would have the layer of an earlier one. */
  readonly #run = randomUUID();
  readonly #tarballs = new Map<string, Buffer>();
  readonly #packages: Record<string, object> = {};

  constructor() {
    this.#server = createServer((request, response) => {
      const name = decodeURIComponent((request.url ?? '').slice(1));
      const tarball = this.#tarballs.get(name);
      response.writeHead(tarball || this.#tarballs.has(`${name}.tgz`) ? 200 : 404);
      response.end(tarball ?? JSON.stringify(this.#packument(name)));
    });
  }

  static async start(): Promise<TestRegistry> {
    const registry = new TestRegistry();
    registry.#server.listen(0, '127.0.0.1');
    await once(registry.#server, 'listening');
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Work whose npm uses this registry, and no cache of the user. */
  get work(): Work {
    const settings = { npm_config_registry: this.url, npm_config_cache: join(this.dir, 'npm-cache') };
    const retries = { npm_config_fetch_retries: '0' };
    return testWork({ env: { ...process.env, ...settings, ...retries } });
  }

  /** Adds version 1.0.0 of a package. @param locked what the lock file says besides */
  async add(
    name: string,
    manifest: object,
    files: Record<string, string> = {},
    locked: object = {},
  ): Promise<void> {
    const all = {
      'package.json': JSON.stringify({ name, version: '1.0.0', run: this.#run, ...manifest }),
      ...files,
    };
    const tar = join(this.dir, 'package.tar');
    const entries = Object.entries(all).map(([path, text]) => textEntry(`package/${path}`, text));
    await writeTar(tar, entries);
    const tarball = gzipSync(readFileSync(tar));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    this.#tarballs.set(`${name}.tgz`, tarball);
    this.#packages[`node_modules/${name}`] = { version: '1.0.0', integrity, ...locked };
    const dependencies = { [name]: '1.0.0' };
    const lock = { lockfileVersion: 3, packages: { '': { dependencies }, ...this.#packages } };
    this.write('package.json', JSON.stringify({ name: 'project', version: '1.0.0', dependencies }));
    this.write('package-lock.json', JSON.stringify(lock));
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    rmSync(this.dir, { recursive: true });
  }

  #packument(name: string): object {
    const dist = { tarball: `${this.url}/${name}.tgz` };
    return {
      name,
      'dist-tags': { latest: '1.0.0' },
      versions: { '1.0.0': { name, version: '1.0.0', dist } },
    };
  }
}
