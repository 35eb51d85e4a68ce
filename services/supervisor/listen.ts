import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { type Server, ServerCredentials } from '@grpc/grpc-js';

/** Serves on a unix socket that only root may open; one left by an earlier process is replaced. */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  // From the first moment on: whoever may open it rules the machine.
  const before = process.umask(0o177);
  try {
    await promisify(server.bindAsync.bind(server))(`unix:${path}`, ServerCredentials.createInsecure());
  } finally {
    process.umask(before);
  }
}
