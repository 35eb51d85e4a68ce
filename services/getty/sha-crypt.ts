import { createHash } from 'node:crypto';

/**
 * Ulrich Drepper, "Unix crypt using SHA-256 and SHA-512", version 0.6: what crypt(3) does for `$5$` and
 * `$6$`.
 */
interface Scheme {
  readonly hash: 'sha256' | 'sha512';
  /**
   * Order of the digest's bytes in the output, in groups of three; an incomplete group is padded with leading
   * zeros.
   */
  readonly order: readonly (readonly number[])[];
}

const schemes: ReadonlyMap<string, Scheme> = new Map([
  ['5', { hash: 'sha256', order: [...rotations(10, ([a, b, c]) => [c + 1, a + 1, b + 1]), [31, 30]] }],
  ['6', { hash: 'sha512', order: [...rotations(21, ([a, b, c]) => [b + 1, c + 1, a + 1]), [63]] }],
]);

type Triple = readonly [number, number, number];

/** Both tables of the specification take one byte of each third of the digest, rotated by one per group. */
function rotations(count: number, next: (triple: Triple) => Triple): Triple[] {
  const triples: Triple[] = [];
  for (let triple: Triple = [0, count, 2 * count]; triples.length < count; triple = next(triple))
    triples.push(triple);
  return triples;
}

const defaultRounds = 5000;
const minRounds = 1000;
const maxRounds = 999_999_999;
const maxSaltBytes = 16;

/**
 * Hashes `password` with the scheme, rounds and salt of `setting`, which is a hash or the start of one:
 * `$6$rounds=10000$salt$…`.
 * @throws RangeError for any other setting
 */
export function shaCrypt(password: string, setting: string): string {
  const [, id = '', rounds, rest = ''] = /^\$([56])\$(?:rounds=(\d+)\$)?([^$]*)/.exec(setting) ?? [];
  const scheme = schemes.get(id);
  if (!scheme) throw new RangeError('not a setting of sha256crypt or sha512crypt');
  const count =
    rounds === undefined ? defaultRounds : Math.min(Math.max(Number(rounds), minRounds), maxRounds);
  const salt = Buffer.from(rest).subarray(0, maxSaltBytes);
  const digest = stretch(scheme.hash, Buffer.from(password), salt, count);
  const shownRounds = rounds === undefined ? '' : `rounds=${count}$`;
  return `$${id}$${shownRounds}${salt.toString()}$${encode(digest, scheme.order)}`;
}

/** Steps 1 to 21 of the specification. */
function stretch(hash: string, password: Buffer, salt: Buffer, rounds: number): Buffer {
  const digest = (...parts: Buffer[]): Buffer =>
    parts.reduce((sum, part) => sum.update(part), createHash(hash)).digest();
  const b = digest(password, salt, password);
  const start = [password, salt, repeated(b, password.length)];
  for (let bits = password.length; bits > 0; bits >>= 1) start.push(bits & 1 ? b : password);
  let a = digest(...start);
  const p = repeated(digest(...Array.from(password, () => password)), password.length);
  const s = repeated(digest(...Array.from({ length: 16 + (a[0] ?? 0) }, () => salt)), salt.length);
  for (let round = 0; round < rounds; round++) {
    const odd = round & 1;
    const parts = [odd ? p : a];
    if (round % 3) parts.push(s);
    if (round % 7) parts.push(p);
    a = digest(...parts, odd ? a : p);
  }
  return a;
}

function repeated(bytes: Buffer, length: number): Buffer {
  return Buffer.alloc(length, bytes);
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Encodes groups of three bytes as four characters, two as three, one as two; lowest six bits first. */
function encode(digest: Buffer, order: Scheme['order']): string {
  return order
    .map((group) => {
      let word = group.reduce((value, index) => (value << 8) | (digest[index] ?? 0), 0);
      let text = '';
      for (let left = group.length + 1; left > 0; left--, word >>= 6) text += alphabet[word & 63];
      return text;
    })
    .join('');
}
