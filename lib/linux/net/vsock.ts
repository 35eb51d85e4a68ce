import { closeSync, existsSync } from 'node:fs';
import { bindFunctions, check, SyscallError } from '../ffi.ts';
import { pollDescriptor } from '../io/poll.ts';
import { bindSocket, openSocket, SOCK_CLOEXEC, SOCK_NONBLOCK, SOCK_STREAM } from './socket.ts';

/** vsock(7): stream sockets between a virtual machine and its host, which need no network. */

const libc = bindFunctions({
  listen: { arguments: ['int32', 'int32'], return: 'int32' },
  accept4: { arguments: ['int32', 'buffer', 'buffer', 'int32'], return: 'int32' },
});

export const AF_VSOCK = 40;

/**
 * Well-known context identifiers (include/uapi/linux/vm_sockets.h). `local`: the machine itself, by loopback.
 */
export const vsockCid = { any: 0xffff_ffff, local: 1, host: 2 } as const;

/** Ports up to this one require CAP_NET_BIND_SERVICE in the initial user namespace of the peer's kernel. */
export const lastReservedVsockPort = 1023;

export interface VsockAddress {
  readonly cid: number;
  readonly port: number;
}

/** Whether a service may listen there; the highest number is VMADDR_PORT_ANY. */
export const isVsockPort = (port: number): boolean => port >= 1 && port < 0xffff_ffff;

/** Connections that may wait to be accepted; more are refused. */
const backlog = 16;

/** Whether the kernel has vsock, and this container may use it: its device comes with the right to. */
export const hasVsock = (): boolean => existsSync('/dev/vsock');

/**
 * Listens for connections from the host and, over loopback, from the machine's own programs: even in
 * containers, since AF_VSOCK has no namespaces. `onConnection` gets a non-blocking descriptor for each, and
 * closes it.
 *
 * @returns a function that stops listening
 * @throws SyscallError: EAFNOSUPPORT without the driver, EADDRINUSE
 */
export function listenOnVsock(
  port: number,
  onConnection: (fd: number, peer: VsockAddress) => void,
): () => void {
  const fd = openSocket(AF_VSOCK, SOCK_STREAM, 0);
  try {
    bindSocket(fd, vsockAddress({ cid: vsockCid.any, port }));
    check('listen', libc.listen(fd, backlog));
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
  const poll = pollDescriptor(fd, () => acceptAll(fd, onConnection));
  poll.want({ readable: true, writable: false });
  return () => void poll.close().then(() => closeSync(fd));
}

function acceptAll(listener: number, onConnection: (fd: number, peer: VsockAddress) => void): void {
  for (;;) {
    const address = Buffer.alloc(addressBytes);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(addressBytes);
    let fd: number;
    try {
      fd = check('accept4', libc.accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC));
    } catch (thrown) {
      // No connection waits, or it is closed again, or no descriptor is free: the poll calls again for the
      // next.
      if (thrown instanceof SyscallError) return;
      throw thrown;
    }
    onConnection(fd, readVsockAddress(address));
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
