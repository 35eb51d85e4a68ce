import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import type { Enter } from '../../../lib/control/port.ts';

/**
 * Serves on a unix socket; one left by an earlier process is replaced. `mode`: of the socket. Its folder is kept, as it may be
 * mounted elsewhere.
 */
export async function listenOnSocket(enter: Enter, path: string, mode: number): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  // Not half open: who has gone is noticed at once, and not by the next ping.
  const server = createServer({ allowHalfOpen: false }, enter);
  // Nobody's from the first moment on: whoever may open it may do what it allows.
  const before = process.umask(0o777);
  // Binds before it returns.
  server.listen(path);
  process.umask(before);
  await once(server, 'listening');
  chmodSync(path, mode);
}
