import { timingSafeEqual } from 'node:crypto';
import { shaCrypt } from './sha-crypt.ts';

/** The password field of a user in a file like /etc/shadow (shadow(5)); undefined without such a user. */
export function passwordHash(shadow: string, user: string): string | undefined {
  const line = shadow.split('\n').find((text) => text.startsWith(`${user}:`));
  return line?.split(':')[1];
}

/** Why no password matches this hash; undefined if one can. */
export function unusableReason(hash: string | undefined): string | undefined {
  if (hash === undefined) return 'no such user';
  if (hash === '') return 'no password is set';
  if (/^[!*]/.test(hash)) return 'the password is locked';
  if (!/^\$[56]\$/.test(hash)) return 'the password is not hashed by sha256crypt or sha512crypt';
  return undefined;
}

/** Whether `password` matches `hash`. Compares in constant time. */
export function passwordMatches(password: string, hash: string | undefined): boolean {
  if (hash === undefined || unusableReason(hash) !== undefined) return false;
  const actual = Buffer.from(shaCrypt(password, hash));
  const expected = Buffer.from(hash);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
