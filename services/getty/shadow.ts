import { timingSafeEqual } from 'node:crypto';
import { cryptPassword } from '../../lib/linux/system/crypt.ts';
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
  if (!/^\$[0-9a-z]{1,3}\$/.test(hash)) return 'the password is not hashed by a method of crypt(5)';
  return undefined;
}

/** Whether `password` matches `hash`. Compares in constant time. */
export function passwordMatches(password: string, hash: string | undefined): boolean {
  if (hash === undefined || unusableReason(hash) !== undefined) return false;
  const hashed = /^\$[56]\$/.test(hash) ? shaCrypt(password, hash) : cryptPassword(password, hash);
  if (hashed === undefined) return false;
  const actual = Buffer.from(hashed);
  const expected = Buffer.from(hash);
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
