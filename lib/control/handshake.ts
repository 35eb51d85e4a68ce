/**
 * Bytes of a frame's header. The host sends nothing before it has received that of the guest's first frame.
 */
export const frameHeaderBytes = 9;

/** The guest's SETTINGS frame has far fewer settings than this. */
const maxSettingsBytes = 6 * 64;

/**
 * Whether a connection begins with the SETTINGS frame of a new session: on stream 0, and not an
 * acknowledgement. Anything else belongs to an earlier session whose end the guest has not noticed yet.
 *
 *     RFC 9113 section 4.1:  u24 length | u8 type (4: SETTINGS) | u8 flags (1: ACK) | 1 bit, u31 stream
 */
export function isFreshSession(header: Buffer): boolean {
  if (header.length < frameHeaderBytes) return false;
  const length = header.readUIntBE(0, 3);
  const [type, flags, stream] = [header[3], header[4], header.readUInt32BE(5)];
  return type === 4 && flags === 0 && stream === 0 && length % 6 === 0 && length <= maxSettingsBytes;
}
