import { closeSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { linkAddress } from './packet.ts';
import { AF_PACKET, bindSocket, openSocket, receive, SOCK_RAW, sendTo, setSocketOption } from './socket.ts';

/** Ethernet frames of one interface (packet(7), SOCK_RAW). */
export interface FrameSocket {
  /** Readable when a frame waits. */
  readonly fd: number;
  /** As on a wire, a frame is lost when the interface is down or its queue is full. */
  send(frame: Buffer): void;
  /** The next frame, in the buffer's memory, cut to its size; undefined when there is none. */
  receive(buffer: Buffer): Buffer | undefined;
  close(): void;
}

/** include/uapi/linux/if_ether.h, if_packet.h, include/linux/socket.h */
const ETH_P_ALL = 3;
const SOL_PACKET = 263;
const PACKET_IGNORE_OUTGOING = 23;

/** What the kernel says when a frame is lost. */
const losses = new Set(['EAGAIN', 'ENOBUFS', 'ENETDOWN', 'EMSGSIZE', 'ENXIO']);

/**
 * Opens a socket that receives everything that arrives at the interface, and nothing that it sends itself.
 */
export function openFrameSocket(interfaceIndex: number): FrameSocket {
  const fd = openSocket(AF_PACKET, SOCK_RAW, 0);
  const address = linkAddress(interfaceIndex, Buffer.alloc(0), ETH_P_ALL);
  try {
    setSocketOption(fd, PACKET_IGNORE_OUTGOING, Buffer.of(1, 0, 0, 0), SOL_PACKET);
    bindSocket(fd, address);
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
  return {
    fd,
    send: (frame) => ignoreLoss(() => sendTo(fd, frame, address, `interface ${interfaceIndex}`)),
    receive: (buffer) => ignoreLoss(() => receive(fd, buffer)),
    close: () => closeSync(fd),
  };
}

function ignoreLoss<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof SyscallError && losses.has(thrown.code)) return undefined;
    throw thrown;
  }
}
