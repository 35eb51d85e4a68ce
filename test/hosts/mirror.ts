import { once } from 'node:events';
import { createReadStream, globSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { debianMirror } from '../../build/debian/archive/mirror.ts';
import { ArchiveClient, MissingFileError } from '../../build/debian/archive/remote-file.ts';
import { fetchDebs, GoneError } from '../../build/debian/fetch.ts';
import type { DebianLock } from '../../build/debian/lock-file.ts';
import type { LockedPackage } from '../../build/debian/source.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';

/** On loopback: the packages in kit's lock files out of the user's cache, all else of the host's mirror. */
export class LocalMirror {
  readonly #server: Server;
  readonly #client = new ArchiveClient(testWork());
  readonly #packages = new Map(lockedPackages().map((locked) => [locked.filename, locked]));
  /** Paths that were asked for, below the mirror's address. */
  readonly requests: string[] = [];
  /** Locked packages that the host's mirror no longer has. */
  readonly gone: string[] = [];

  constructor() {
    this.#server = createServer(async ({ url = '' }, response) => {
      const path = decodeURIComponent(url).replace(/^\/debian(-security)?\//, '');
      this.requests.push(path);
      await this.#answer(path, response).catch((thrown: unknown) => {
        if (thrown instanceof GoneError) this.gone.push(path);
        if (!response.headersSent) response.writeHead(missing(thrown) ? 404 : 502);
        response.end();
      });
    });
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/debian`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    this.#client.close();
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    const locked = this.#packages.get(path);
    const archive = debianMirror(process.env).uri;
    const file = locked ? (await fetchDebs([locked], testWork()))[0] : undefined;
    if (file) return pipeline(createReadStream(file), response);
    await pipeline(this.#client.open({ archive, path, limit: 1 << 30 }), response);
  }
}

const missing = (thrown: unknown): boolean =>
  thrown instanceof GoneError || thrown instanceof MissingFileError;

function lockedPackages(): LockedPackage[] {
  const files = globSync('{build,pkg}/**/*.lock.json', { cwd: kitRoot });
  const locks = files.map((file) => JSON.parse(readFileSync(join(kitRoot, file), 'utf8')) as DebianLock);
  return locks.flatMap(({ packages }) => Object.values(packages).flat());
}
