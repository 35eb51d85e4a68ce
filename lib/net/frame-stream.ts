/** The largest frame: 64 KiB of IP and an Ethernet header with a VLAN tag. */
export const maxFrameBytes = 65_536 + 18;

const prefixBytes = 4;

/**
 * Splits a stream into Ethernet frames, each with its length before it in 4 bytes, highest first: the format
 * of QEMU's stream sockets, and of passt(1).
 */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);

  /**
   * The frames that are complete with these bytes. They share the memory of the pieces. @throws RangeError
   */
  push(piece: Buffer): Buffer[] {
    const bytes = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const frames: Buffer[] = [];
    let at = 0;
    while (bytes.length - at >= prefixBytes) {
      const length = bytes.readUInt32BE(at);
      if (length > maxFrameBytes) throw new RangeError(`Cannot take a frame of ${length} bytes`);
      if (bytes.length - at - prefixBytes < length) break;
      frames.push(bytes.subarray(at + prefixBytes, at + prefixBytes + length));
      at += prefixBytes + length;
    }
    this.#rest = bytes.subarray(at);
    return frames;
  }
}

/** A copy of the frame with its length before it. */
export function withLength(frame: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(prefixBytes + frame.length);
  bytes.writeUInt32BE(frame.length, 0);
  frame.copy(bytes, prefixBytes);
  return bytes;
}
