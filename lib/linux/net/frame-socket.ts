import { closeSync } from 'node:fs';
import { SyscallError } from '../ffi.ts';
import { type FrameRing, mapFrameRing } from './frame-ring.ts';
import { linkAddress } from './packet.ts';
import {
  AF_PACKET,
  bindSocket,
  openSocket,
  SOCK_RAW,
  SOL_PACKET,
  sendTo,
  setSocketOption,
} from './socket.ts';

/** Ethernet frames of one interface (packet(7), SOCK_RAW). */
export interface FrameSocket {
  /** Readable when a frame waits. */
  readonly fd: number;
  /** As on a wire, a frame is lost when the interface is down or its queue is full. */
  send(frame: Buffer): void;
  /** The next frame, which `use` may not keep; false when there is none. */
  receive(use: (frame: Buffer) => void): boolean;
  close(): void;
}

/** include/uapi/linux/if_ether.h, if_packet.h */
const ETH_P_ALL = 3;
const PACKET_IGNORE_OUTGOING = 23;

/** What the kernel says when a frame is lost. */
const losses = new Set(['EAGAIN', 'ENOBUFS', 'ENETDOWN', 'EMSGSIZE', 'ENXIO']);

/**
 * Opens a socket that receives everything that arrives at the interface, and nothing that it sends itself.
 */
export function openFrameSocket(interfaceIndex: number): FrameSocket {
  const fd = openSocket(AF_PACKET, SOCK_RAW, 0);
  const address = linkAddress(interfaceIndex, Buffer.alloc(0), ETH_P_ALL);
  let ring: FrameRing;
  try {
    setSocketOption(fd, PACKET_IGNORE_OUTGOING, Buffer.of(1, 0, 0, 0), SOL_PACKET);
    ring = mapFrameRing(fd);
    bindSocket(fd, address);
  } catch (thrown) {
    closeSync(fd);
    throw thrown;
  }
  return {
    fd,
    send: (frame) => ignoreLoss(() => sendTo(fd, frame, address, `interface ${interfaceIndex}`)),
    receive: (use) => ring.next(use),
    close: () => closeSync(fd),
  };
}

function ignoreLoss(act: () => void): void {
  try {
    act();
  } catch (thrown) {
    if (!(thrown instanceof SyscallError && losses.has(thrown.code))) throw thrown;
  }
}
