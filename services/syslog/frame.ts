/**
 * Octet counting (RFC 6587 section 3.4.1, RFC 5425 section 4.3): the length in bytes, a space, the message.
 * Unlike a delimiter, it allows any content.
 */
export function frame(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${message.length} `), message]);
}
