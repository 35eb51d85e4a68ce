/** Length of what a host must see of the guest before it says a word: one HTTP/2 frame header. */
export const frameHeaderBytes = 9;

/** More than this in a first SETTINGS frame is not one of ours. */
const maxSettingsBytes = 6 * 64;

/**
 * Whether a connection begins as a fresh session of the guest does: with a SETTINGS frame on stream 0 that is
 * no acknowledgement. Anything else is left over from a session that the guest does not know to be over.
 *
 *     RFC 9113 section 4.1:  u24 length | u8 type (4: SETTINGS) | u8 flags (1: ACK) | 1 bit, u31 stream
 */
export function isFreshSession(header: Buffer): boolean {
  if (header.length < frameHeaderBytes) return false;
  const length = header.readUIntBE(0, 3);
  const [type, flags, stream] = [header[3], header[4], header.readUInt32BE(5)];
  return type === 4 && flags === 0 && stream === 0 && length % 6 === 0 && length <= maxSettingsBytes;
}
