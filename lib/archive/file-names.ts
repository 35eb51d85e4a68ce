/**
 * Names of files are bytes on Linux; here they are strings. Bytes that are not UTF-8 are carried as lone
 * surrogates, 0x80 to 0xff as U+DC80 to U+DCFF, as Python's surrogateescape does (PEP 383). Different names
 * stay different, `/` separates parts in both forms, and JSON keeps them: only where a name leaves for a file
 * or an archive must it go through `nameBytes`. `Buffer.from(name)` would make all of them the same bytes.
 */

// A byte order mark is part of a name.
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The name that these bytes are. */
export function nameOfBytes(bytes: Uint8Array): string {
  return decoded(bytes) ?? escapedName(bytes);
}

/** The bytes of a name. */
export function nameBytes(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name);
  // With `u`, halves of a character are not taken for bytes.
  const runs = name.split(/([\udc80-\udcff]+)/u);
  return Buffer.concat(
    runs.map((run, at) => (at % 2 === 0 ? Buffer.from(run) : Buffer.from(run, 'utf16le').filter(isLowByte))),
  );
}

/** A path as functions of node:fs take it. */
export const pathOnDisk = (path: string): string | Buffer => (path.isWellFormed() ? path : nameBytes(path));

/** How many bytes a name has. */
export const nameLength = (name: string): number =>
  name.isWellFormed() ? Buffer.byteLength(name) : nameBytes(name).length;

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

function escapedName(bytes: Uint8Array): string {
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes[at] ?? 0);
    const whole = length === 0 ? undefined : decoded(bytes.subarray(at, at + length));
    name += whole ?? String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
    at += whole === undefined ? 1 : length;
  }
  return name;
}

/** Of a character that begins with this byte (RFC 3629, 3); 0 for a byte that begins none. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** Of a surrogate in UTF-16, little endian. */
const isLowByte = (_byte: number, at: number): boolean => at % 2 === 0;
