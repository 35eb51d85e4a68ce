import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { IdRange, MappedIds } from './id-range.ts';

/** Ids in a container: all 16-bit ones. */
const most = 65_536;

/**
 * The user's own ids as root, and their ranges of /etc/subuid and /etc/subgid above it; undefined without.
 */
export function subordinateIds(uid: number, gid: number, etc = '/etc'): MappedIds | undefined {
  const name = userName(uid);
  const [uids, gids] = ['subuid', 'subgid'].map((file) =>
    subordinateRange(readText(`${etc}/${file}`), name, uid),
  );
  if (!uids || !gids) return undefined;
  const ranges = (own: number, above: IdRange): IdRange[] => [{ inside: 0, outside: own, count: 1 }, above];
  return { uids: ranges(uid, uids), gids: ranges(gid, gids) };
}

/**
 * The user's first range in the text of /etc/subuid or /etc/subgid (subuid(5)): lines `user:first:count`, the
 * user by name or number. Exported for its test.
 */
export function subordinateRange(text: string, name: string | undefined, uid: number): IdRange | undefined {
  for (const line of text.split('\n')) {
    const [, user, first, count] = /^([^:#]+):(\d{1,10}):(\d{1,10})\s*$/.exec(line) ?? [];
    if (user === undefined || (user !== name && user !== String(uid)) || Number(count) === 0) continue;
    return { inside: 1, outside: Number(first), count: Math.min(Number(count), most - 1) };
  }
  return undefined;
}

/** Undefined for a user without an entry in the password database. */
function userName(uid: number): string | undefined {
  try {
    const info = userInfo();
    return info.uid === uid ? info.username : undefined;
  } catch {
    return undefined;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
