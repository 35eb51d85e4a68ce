import { closeSync } from 'node:fs';
import { bindFunctions, check, SyscallError } from '../ffi.ts';
import { pollDescriptor } from '../io/poll.ts';
import { bindSocket, openSocket, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_STREAM } from './socket.ts';

/** vsock(7): stream sockets between a virtual machine and its host, which need no network. */

const libc = bindFunctions({
  listen: { arguments: ['int32', 'int32'], return: 'int32' },
  accept4: { arguments: ['int32', 'buffer', 'buffer', 'int32'], return: 'int32' },
});

export const AF_VSOCK = 40;

/** Well-known context identifiers (include/uapi/linux/vm_sockets.h). `local`: the machine itself, by its loopback. */
export const vsockCid = { any: 0xffff_ffff, local: 1, host: 2 } as const;

/** Ports up to this one take CAP_NET_BIND_SERVICE, in the first user namespace of wherever the peer is. */
export const lastReservedVsockPort = 1023;

export interface VsockAddress {
  readonly cid: number;
  readonly port: number;
}

/** A connection that waits longer than this many others is refused. */
const backlog = 16;

/**
 * Listens for whoever can reach the machine: its host, and through the loopback its own programs, in containers too, as the
 * family knows no namespaces. Each connection is a descriptor, non-blocking, that `take` owns from then on.
 *
 * @returns what ends it @throws SyscallError: EAFNOSUPPORT without the driver, EADDRINUSE
 */
export function listenOnVsock(port: number, take: (fd: number, peer: VsockAddress) => void): () => void {
  const fd = openSocket(AF_VSOCK, SOCK_STREAM, 0);
  try {
    bindSocket(fd, vsockAddress({ cid: vsockCid.any, port }));
    check('listen', libc.listen(fd, backlog));
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
  const poll = pollDescriptor(fd, () => acceptAll(fd, take));
  poll.want({ readable: true, writable: false });
  return () => void poll.close().then(() => closeSync(fd));
}

function acceptAll(listener: number, take: (fd: number, peer: VsockAddress) => void): void {
  for (;;) {
    const address = Buffer.alloc(addressBytes);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(addressBytes);
    let fd: number;
    try {
      fd = check('accept4', libc.accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    } catch (thrown) {
      // None waits any more, or one has gone again, or no descriptor is free: the poll tells of the next one.
      if (thrown instanceof SyscallError) return;
      throw thrown;
    }
    take(fd, readVsockAddress(address));
  }
}

/** struct sockaddr_vm: u16 family | u16 0 | u32 port | u32 cid | u8 flags | 3 bytes of 0 */
const addressBytes = 16;

export function vsockAddress({ cid, port }: VsockAddress): Buffer {
  const address = Buffer.alloc(addressBytes);
  address.writeUInt16LE(AF_VSOCK, 0);
  address.writeUInt32LE(port, 4);
  address.writeUInt32LE(cid, 8);
  return address;
}

export function readVsockAddress(address: Buffer): VsockAddress {
  return { port: address.readUInt32LE(4), cid: address.readUInt32LE(8) };
}
