import { createHash } from 'node:crypto';

/** Bytes. With `.log.99` after it, still far below the 255 of a file name. */
const longest = 200;

/**
 * What a source is called in /var/log: its name, with everything percent-encoded that could lead out of the folder, hide the
 * file, or break a line into other fields. Two sources never share a name: `%` is encoded, too, and a name that is too long
 * ends in a digest of the whole.
 */
export function plainName(source: string): string {
  const plain = encode(source.toWellFormed()).replace(/^\./, '%2E') || '%';
  if (plain.length <= longest) return plain;
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 16);
  return `${plain.slice(0, longest - digest.length - 1)}%${digest}`;
}

function encode(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/gu, (character) =>
    Array.from(Buffer.from(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(
      '',
    ),
  );
}
