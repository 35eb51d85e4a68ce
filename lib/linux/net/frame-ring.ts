import { toArrayBuffer } from 'node:ffi';
import { bindFunctions, SyscallError } from '../ffi.ts';
import { SOL_PACKET, setSocketOption } from './socket.ts';

const libc = bindFunctions({
  mmap: { arguments: ['pointer', 'uint64', 'int32', 'int32', 'int32', 'int64'], return: 'uint64' },
});

/** Received frames of a packet socket, in memory shared with the kernel. */
export interface FrameRing {
  /** Passes the oldest frame to `use`, which may not keep it; false when there is none. */
  next(use: (frame: Buffer) => void): boolean;
}

/** include/uapi/linux/if_packet.h */
const PACKET_RX_RING = 5;
const PACKET_VERSION = 10;
const TPACKET_V2 = 1;
const TP_STATUS_KERNEL = 0;
const TP_STATUS_USER = 1;
/** include/uapi/asm-generic/mman-common.h */
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;

/** A frame of 64 KiB, the headers before it, and what alignment takes. */
const slotBytes = 66_048;
const blockBytes = 1 << 22;
const blockCount = 4;
const slotsPerBlock = Math.floor(blockBytes / slotBytes);

/**
 * Gives an unbound packet socket a receive ring (Documentation/networking/packet_mmap.rst). Without one the
 * socket holds as little as net.core.rmem_max, about three of the frames of 64 KiB that TCP makes on a
 * virtual interface, and loses the others. struct tpacket2_hdr, at the start of each slot: u32 status,
 * length, length of the part that fitted; u16 offset of the frame.
 */
export function mapFrameRing(fd: number): FrameRing {
  setSocketOption(fd, PACKET_VERSION, words(TPACKET_V2), SOL_PACKET);
  const request = words(blockBytes, blockCount, slotBytes, slotsPerBlock * blockCount);
  setSocketOption(fd, PACKET_RX_RING, request, SOL_PACKET);
  const size = blockBytes * blockCount;
  const address = libc.mmap(null, BigInt(size), PROT_READ_WRITE, MAP_SHARED, fd, 0n);
  // MAP_FAILED is -1.
  if (address === 2n ** 64n - 1n) throw new SyscallError('mmap', 12, 'receive ring');
  const memory = toArrayBuffer(address, size, false);
  const status = new Int32Array(memory);
  const bytes = Buffer.from(memory);
  let slot = 0;
  return {
    next(use) {
      const at = Math.floor(slot / slotsPerBlock) * blockBytes + (slot % slotsPerBlock) * slotBytes;
      // Atomic: the kernel writes the frame before the status, on another processor.
      if ((Atomics.load(status, at / 4) & TP_STATUS_USER) === 0) return false;
      const [length, fitted] = [bytes.readUInt32LE(at + 4), bytes.readUInt32LE(at + 8)];
      const start = at + bytes.readUInt16LE(at + 12);
      // A frame that did not fit is lost.
      if (length === fitted) use(bytes.subarray(start, start + length));
      Atomics.store(status, at / 4, TP_STATUS_KERNEL);
      slot = (slot + 1) % (slotsPerBlock * blockCount);
      return true;
    },
  };
}

function words(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [at, value] of values.entries()) bytes.writeUInt32LE(value, at * 4);
  return bytes;
}
