import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { AcceptConnection } from '../../../lib/control/port.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';

/**
 * Serves on a unix socket with the given mode. A socket of an earlier process is replaced, but its folder is
 * kept, as it may be mounted in containers.
 */
export async function serveOnUnixSocket(accept: AcceptConnection, path: string, mode: number): Promise<void> {
  makeFolder(dirname(path));
  rmSync(path, { force: true });
  // Without half-open connections, a client's disconnection is noticed at once and not at the next ping.
  const server = createServer({ allowHalfOpen: false }, accept);
  // Created without any permission: until chmod no client can connect.
  const before = process.umask(0o777);
  // listen() binds synchronously.
  server.listen(path);
  process.umask(before);
  await once(server, 'listening');
  chmodSync(path, mode);
}
