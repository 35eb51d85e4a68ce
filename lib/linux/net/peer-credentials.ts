import type { Socket } from 'node:net';
import { bindFunctions, check } from '../ffi.ts';

const libc = bindFunctions({
  getsockopt: { arguments: ['int32', 'int32', 'int32', 'buffer', 'buffer'], return: 'int32' },
});

const SOL_SOCKET = 1;
const SO_PEERCRED = 17;

/** The process at the other end of a unix socket, when it connected. */
export interface PeerCredentials {
  /** 0: it is in a PID namespace that this process does not see. */
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Credentials that the kernel vouches for (unix(7), SO_PEERCRED).
 * @throws SyscallError; TypeError if the socket has no descriptor, as after it was closed
 */
export function peerCredentials(socket: Socket): PeerCredentials {
  // struct ucred: i32 pid | u32 uid | u32 gid
  const credentials = Buffer.alloc(12);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(credentials.length);
  check('getsockopt', libc.getsockopt(descriptorOf(socket), SOL_SOCKET, SO_PEERCRED, credentials, length));
  return {
    pid: credentials.readInt32LE(0),
    uid: credentials.readUInt32LE(4),
    gid: credentials.readUInt32LE(8),
  };
}

/** Node has no public name for it; the tests of the callers fail if the private one changes. */
function descriptorOf(socket: Socket): number {
  const { _handle: handle } = socket as unknown as { readonly _handle?: { readonly fd?: number } };
  const fd = handle?.fd ?? -1;
  if (fd < 0) throw new TypeError('the socket has no descriptor');
  return fd;
}
