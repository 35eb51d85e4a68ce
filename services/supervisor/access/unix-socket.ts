import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { renameSync, unlinkSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { codeOf } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { type PeerCredentials, peerCredentials } from '../../../lib/linux/net/peer-credentials.ts';
import type { AcceptPeer } from './connection-server.ts';
import type { Peer } from './peer.ts';
import type { Role } from './roles.ts';

export interface UnixListener {
  readonly path: string;
  /** Of the socket: `0o600`. */
  readonly mode: number;
  readonly role: Role;
  /** The service that a process belongs to, undefined: none. */
  readonly serviceOf: (pid: number) => string | undefined;
}

/**
 * Serves on a unix socket. A socket of an earlier process is replaced, but its folder is kept, as it may be
 * mounted in containers. Such a container may also write there: no step follows a link of its making.
 * @throws the system's error
 */
export async function serveOnUnixSocket(accept: AcceptPeer, listener: UnixListener): Promise<void> {
  const { path, mode } = listener;
  makeFolder(dirname(path));
  clear(path);
  // Without half-open connections, a client's disconnection is noticed at once and not at the next ping.
  const server = createServer({ allowHalfOpen: false }, (socket) => {
    const peer = peerOf(socket, listener);
    if (peer) accept(socket, peer);
    else socket.destroy();
  });
  // bind(2) gives the socket this mode at once: chmod(2) would follow a link that has taken its place.
  const before = process.umask(0o777 & ~mode);
  // listen() binds synchronously.
  server.listen(path);
  process.umask(before);
  await once(server, 'listening');
}

/** Removes the socket of an earlier process, and moves aside what else is in its place. */
function clear(path: string): void {
  try {
    unlinkSync(path);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return;
    // A folder, which is not ours: removing what is in it would walk over links.
    renameSync(path, `${path}.${randomUUID()}`);
  }
}

/**
 * All processes of a service are one peer, as are all others of one user: a process that starts more of them
 * gets no more. Undefined if the client has left already.
 */
function peerOf(socket: Socket, { path, role, serviceOf }: UnixListener): Peer | undefined {
  let credentials: PeerCredentials;
  try {
    credentials = peerCredentials(socket);
  } catch {
    return undefined;
  }
  const { uid, gid, pid } = credentials;
  const service = serviceOf(pid);
  const who = service === undefined ? `user ${uid}` : `service "${service}"`;
  return {
    name: `a client of ${path} (${who})`,
    role,
    key: who,
    identity: { transport: 'unix', ...(service !== undefined && { peer: service }), uid, gid, pid },
  };
}
