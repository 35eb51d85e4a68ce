import { timestampOf } from '../../services/ntp/protocol/timestamp.ts';

/** Of a server with stratum 2. @param received nanoseconds since 1970 */
export function rightAnswer(request: Buffer, received: bigint): Buffer {
  const bytes = Buffer.alloc(48);
  bytes.set([0x24, 2, 6, 0xec]);
  bytes.writeUInt32BE(655, 8);
  bytes.set([192, 0, 2, 1], 12);
  bytes.writeBigUInt64BE(timestampOf(received), 16);
  request.copy(bytes, 24, 40, 48);
  bytes.writeBigUInt64BE(timestampOf(received), 32);
  bytes.writeBigUInt64BE(timestampOf(received), 40);
  return bytes;
}

export function kiss(right: Buffer, code: string): Buffer {
  return changed(right, (bytes) => {
    bytes.writeUInt8(0, 1);
    bytes.write(code, 12, 'latin1');
  });
}

export function changed(right: Buffer, change: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.from(right);
  change(bytes);
  return bytes;
}
