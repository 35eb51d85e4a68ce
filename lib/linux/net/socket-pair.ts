import { Socket } from 'node:net';
import { bindFunctions, check } from '../ffi.ts';
import { SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_STREAM } from './socket.ts';

const libc = bindFunctions({
  socketpair: { arguments: ['int32', 'int32', 'int32', 'buffer'], return: 'int32' },
});

const AF_UNIX = 1;

/**
 * Two descriptors of connected stream sockets; the caller closes them.
 * @param isBlocking for other programs, which may expect it; those of Node never block
 */
export function socketPairDescriptors(isBlocking = false): [number, number] {
  const pair = Buffer.alloc(8);
  const type = SOCK_STREAM | SOCK_CLOEXEC | (isBlocking ? 0 : SOCK_NONBLOCK);
  check('socketpair', libc.socketpair(AF_UNIX, type, 0, pair));
  return [pair.readInt32LE(0), pair.readInt32LE(4)];
}

/** Two connected sockets of Node. */
export function socketPair(): [Socket, Socket] {
  const [a, b] = socketPairDescriptors();
  return [new Socket({ fd: a }), new Socket({ fd: b })];
}
