import { once } from 'node:events';
import { createReadStream, globSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fetchDebs } from '../../build/debian/fetch.ts';
import type { DebianLock } from '../../build/debian/lock-file.ts';
import type { LockedPackage } from '../../build/debian/source.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';

/** A mirror on loopback of the packages in kit's lock files, out of the user's cache. */
export class LocalMirror {
  readonly #server: Server;
  /** Paths that were asked for. */
  readonly requests: string[] = [];

  constructor() {
    const packages = new Map(lockedPackages().map((locked) => [`/debian/${locked.filename}`, locked]));
    this.#server = createServer(async ({ url = '' }, response) => {
      const path = decodeURIComponent(url);
      this.requests.push(path);
      const locked = packages.get(path);
      const [file] = locked ? await fetchDebs([locked], testWork()) : [];
      if (file) createReadStream(file).pipe(response);
      else response.writeHead(404).end();
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
  }
}

function lockedPackages(): LockedPackage[] {
  const files = globSync('{build,pkg}/**/*.lock.json', { cwd: kitRoot });
  const locks = files.map((file) => JSON.parse(readFileSync(join(kitRoot, file), 'utf8')) as DebianLock);
  return locks.flatMap(({ packages }) => Object.values(packages).flat());
}
