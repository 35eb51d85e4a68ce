/**
 * HTTP/2 frames made by hand, since client libraries send no invalid ones.
 *
 *     RFC 9113 section 4.1:  u24 length | u8 type | u8 flags | 1 bit, u31 stream | payload
 */

export const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

export const types = { data: 0, headers: 1, reset: 3, settings: 4, ping: 6, continuation: 9 } as const;
export const flags = { none: 0, endStream: 1, ack: 1, endHeaders: 4 } as const;

export function frame(type: number, flag: number, stream: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(payload.length, 0, 3);
  header.writeUInt8(type, 3);
  header.writeUInt8(flag, 4);
  header.writeUInt32BE(stream, 5);
  return Buffer.concat([header, payload]);
}

/** The bytes that begin every client's session. */
export const hello = Buffer.concat([preface, frame(types.settings, flags.none, 0)]);

/** The HEADERS of a call of control.proto; headers by RFC 7541 without Huffman coding or dynamic table. */
export const call = (stream: number, method: string): Buffer =>
  frame(types.headers, flags.endHeaders, stream, callHeaders(method));

/**
 * Indices of the static table: 3 is `:method: POST`, 6 `:scheme: http`, 4 `:path`, 1 `:authority`, 31
 * `content-type`.
 */
export const callHeaders = (method: string): Buffer =>
  Buffer.concat([
    Buffer.from([0x83, 0x86, 0x04]),
    text(`/kit.control.v1.Control/${method}`),
    Buffer.from([0x01]),
    text('guest'),
    Buffer.from([0x0f, 0x10]),
    text('application/grpc'),
    field('te', 'trailers'),
  ]);

export const field = (name: string, value: string): Buffer =>
  Buffer.concat([Buffer.from([0x00]), text(name), text(value)]);

/** Shorter than 127 bytes. */
function text(value: string): Buffer {
  return Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);
}

/** A gRPC message: u8 compressed | u32 length | bytes. `length` may be wrong on purpose. */
export function message(bytes: Buffer, length = bytes.length, compressed = 0): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(compressed, 0);
  header.writeUInt32BE(length, 1);
  return Buffer.concat([header, bytes]);
}

export const data = (stream: number, bytes: Buffer, flag: number = flags.endStream): Buffer =>
  frame(types.data, flag, stream, bytes);
