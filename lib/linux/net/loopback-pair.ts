import { closeSync } from 'node:fs';
import { AF_INET } from '../../net/ip.ts';
import { bindFunctions, check } from '../ffi.ts';
import { SOCK_CLOEXEC, SOCK_STREAM, setSocketOption } from './socket.ts';

const libc = bindFunctions({
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  bind: { arguments: ['int32', 'buffer', 'uint32'], return: 'int32' },
  listen: { arguments: ['int32', 'int32'], return: 'int32' },
  connect: { arguments: ['int32', 'buffer', 'uint32'], return: 'int32' },
  accept4: { arguments: ['int32', 'buffer', 'buffer', 'int32'], return: 'int32' },
  getsockname: { arguments: ['int32', 'buffer', 'buffer'], return: 'int32' },
});

/** include/uapi/linux/tcp.h */
const IPPROTO_TCP = 6;
const TCP_NODELAY = 1;

/**
 * Two blocking descriptors of a TCP connection over loopback; the caller closes them. Unlike a unix socket,
 * it holds megabytes: as many as net.ipv4.tcp_wmem and tcp_rmem say.
 */
export function loopbackPairDescriptors(): [number, number] {
  const listener = open();
  try {
    check('bind', libc.bind(listener, loopback(0), addressBytes));
    check('listen', libc.listen(listener, 1));
    return connectedPair(listener, portOf(nameOf(listener)));
  } finally {
    closeSync(listener);
  }
}

function connectedPair(listener: number, port: number): [number, number] {
  const ours = open();
  try {
    check('connect', libc.connect(ours, loopback(port), addressBytes));
    const peer = Buffer.alloc(addressBytes);
    const theirs = check('accept4', libc.accept4(listener, peer, lengthOf(peer), SOCK_CLOEXEC));
    // Another user's program may have been faster.
    if (portOf(peer) !== portOf(nameOf(ours))) {
      closeSync(theirs);
      throw new Error('Cannot connect over loopback: another program connected');
    }
    for (const fd of [ours, theirs]) setSocketOption(fd, TCP_NODELAY, Buffer.of(1, 0, 0, 0), IPPROTO_TCP);
    return [ours, theirs];
  } catch (thrown) {
    closeSync(ours);
    throw thrown;
  }
}

const open = (): number => check('socket', libc.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));

/** sockaddr_in: u16 family | u16 port, network order | 4 address | 8 zero */
const addressBytes = 16;

function loopback(port: number): Buffer {
  const address = Buffer.alloc(addressBytes);
  address.writeUInt16LE(AF_INET, 0);
  address.writeUInt16BE(port, 2);
  Buffer.of(127, 0, 0, 1).copy(address, 4);
  return address;
}

const portOf = (address: Buffer): number => address.readUInt16BE(2);

function nameOf(fd: number): Buffer {
  const address = Buffer.alloc(addressBytes);
  check('getsockname', libc.getsockname(fd, address, lengthOf(address)));
  return address;
}

function lengthOf(address: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(address.length);
  return length;
}
