import { createHash } from 'node:crypto';

/** Bytes. With `.log.99` appended, the name stays far below the limit of 255 bytes. */
const maximalLength = 200;

/**
 * The name of a source in /var/log: percent-encodes everything that could lead outside the folder, hide the
 * file, or split a line into other fields. Two sources never share a name: `%` is encoded too, and a name
 * that is too long ends in a digest of the source.
 */
export function safeFileName(source: string): string {
  const name = encode(source.toWellFormed()).replace(/^\./, '%2E') || '%';
  if (name.length <= maximalLength) return name;
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 16);
  return `${name.slice(0, maximalLength - digest.length - 1)}%${digest}`;
}

function encode(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
      '',
    ),
  );
}
