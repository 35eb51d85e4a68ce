import { timingSafeEqual } from 'node:crypto';
import { shaCrypt } from './sha-crypt.ts';

/** The second field of a user's line in a file like /etc/shadow (shadow(5)); undefined without such a line. */
export function passwordHash(shadow: string, user: string): string | undefined {
  const line = shadow.split('\n').find((text) => text.startsWith(`${user}:`));
  return line?.split(':')[1];
}

/** Why nobody can log in with this entry; undefined when a right password would do. */
export function unusable(hash: string | undefined): string | undefined {
  if (hash === undefined) return 'no such user';
  if (hash === '') return 'no password is set';
  if (/^[!*]/.test(hash)) return 'the password is locked';
  if (!/^\$[56]\$/.test(hash)) return 'the password is not hashed by sha256crypt or sha512crypt';
  return undefined;
}

/** Whether `password` is the one behind `hash`. */
export function passwordMatches(password: string, hash: string | undefined): boolean {
  if (hash === undefined || unusable(hash) !== undefined) return false;
  const ours = Buffer.from(shaCrypt(password, hash));
  const theirs = Buffer.from(hash);
  return ours.length === theirs.length && timingSafeEqual(ours, theirs);
}
