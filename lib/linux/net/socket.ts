/** Socket calls for families that node:net and node:dgram do not support: packet(7), netlink(7), vsock(7). */

import { getRawPointer } from 'node:ffi';
import { bindFunctions, check, SyscallError } from '../ffi.ts';

const libc = bindFunctions({
  socket: { arguments: ['int32', 'int32', 'int32'], return: 'int32' },
  bind: { arguments: ['int32', 'buffer', 'uint32'], return: 'int32' },
  sendto: { arguments: ['int32', 'buffer', 'uint64', 'int32', 'buffer', 'uint32'], return: 'int64' },
  recv: { arguments: ['int32', 'buffer', 'uint64', 'int32'], return: 'int64' },
  shutdown: { arguments: ['int32', 'int32'], return: 'int32' },
  setsockopt: { arguments: ['int32', 'int32', 'int32', 'buffer', 'uint32'], return: 'int32' },
});

export const AF_INET = 2;
export const AF_NETLINK = 16;
export const AF_PACKET = 17;
export const SOCK_STREAM = 1;
export const SOCK_DGRAM = 2;
export const SOCK_RAW = 3;
/** Flags of the socket's type. */
export const SOCK_NONBLOCK = 0o4000;
export const SOCK_CLOEXEC = 0o2000000;

const MSG_DONTWAIT = 0x40;
const SOL_SOCKET = 1;
/** Options of packet(7). */
export const SOL_PACKET = 263;

/** Options of SOL_SOCKET (asm-generic/socket.h, the same on x86-64 and arm64). */
export const socketOptions = { reuseAddress: 2, broadcast: 6, bindToDevice: 25, attachFilter: 26 } as const;

/** A new non-blocking, close-on-exec descriptor; the caller closes it. `protocol` is in host order. */
export function openSocket(family: number, type: number, protocol: number): number {
  return check('socket', libc.socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol));
}

/** bind(2) to a sockaddr of any family. */
export function bindSocket(fd: number, address: Buffer): void {
  check('bind', libc.bind(fd, address, address.length));
}

/** Sends a datagram to a sockaddr; `subject` names the receiver in errors. */
export function sendTo(fd: number, bytes: Buffer, address: Buffer, subject: string): void {
  check('sendto', libc.sendto(fd, bytes, BigInt(bytes.length), 0, address, address.length), subject);
}

/**
 * The next datagram, cut to the buffer's size; undefined when there is none. It shares the buffer's memory.
 */
export function receive(fd: number, buffer: Buffer): Buffer | undefined {
  try {
    const length = check('recv', libc.recv(fd, buffer, BigInt(buffer.length), MSG_DONTWAIT));
    return buffer.subarray(0, Number(length));
  } catch (error) {
    if (error instanceof SyscallError && error.code === 'EAGAIN') return undefined;
    throw error;
  }
}

const SHUT_WR = 1;

/** shutdown(2) of the direction from here: the peer reads the end. @throws SyscallError */
export function endWriting(fd: number): void {
  try {
    check('shutdown', libc.shutdown(fd, SHUT_WR));
  } catch (error) {
    // The peer has closed both directions.
    if (!(error instanceof SyscallError && error.code === 'ENOTCONN')) throw error;
  }
}

/** setsockopt(2). */
export function setSocketOption(fd: number, option: number, value: Buffer, level = SOL_SOCKET): void {
  check('setsockopt', libc.setsockopt(fd, level, option, value, value.length));
}

/**
 * Attaches a classic BPF program: only the datagrams that it accepts are received (socket(7),
 * SO_ATTACH_FILTER).
 *
 *     sock_fprog:  u16 instructions | 6 bytes padding | u64 address of them
 *     sock_filter: u16 code | u8 jt | u8 jf | u32 k
 */
export function attachFilter(
  fd: number,
  program: readonly (readonly [number, number, number, number])[],
): void {
  const code = Buffer.alloc(program.length * 8);
  for (const [index, [operation, whenTrue, whenFalse, operand]] of program.entries()) {
    code.writeUInt16LE(operation, index * 8);
    code.writeUInt8(whenTrue, index * 8 + 2);
    code.writeUInt8(whenFalse, index * 8 + 3);
    code.writeUInt32LE(operand, index * 8 + 4);
  }
  const header = Buffer.alloc(16);
  header.writeUInt16LE(program.length, 0);
  header.writeBigUInt64LE(getRawPointer(code), 8);
  setSocketOption(fd, socketOptions.attachFilter, header);
  // A use after the call keeps the buffer from being collected before the kernel has copied it.
  code.fill(0);
}
