import { constants, type Stats } from 'node:fs';
import { type FieldReader, u32, u64 } from '../encoding.ts';

/**
 * File attributes (draft section 5); a missing field is left unchanged. Times are seconds since the epoch.
 */
export interface Attributes {
  readonly size?: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** As in st_mode; includes the file type when the server sends it. */
  readonly mode?: number;
  readonly times?: { readonly access: number; readonly modification: number };
}

/** Bits of the flags field, which comes first. */
const SIZE = 1;
const OWNER = 2;
const MODE = 4;
const TIMES = 8;
const EXTENDED = 0x80000000;

export function readAttributes(fields: FieldReader): Attributes {
  const flags = fields.u32();
  const size = flags & SIZE ? { size: fields.u64() } : {};
  const owner = flags & OWNER ? { owner: { uid: fields.u32(), gid: fields.u32() } } : {};
  const mode = flags & MODE ? { mode: fields.u32() } : {};
  const times = flags & TIMES ? { times: { access: fields.u32(), modification: fields.u32() } } : {};
  if (flags & EXTENDED) skipExtensions(fields);
  return { ...size, ...owner, ...mode, ...times };
}

/** Skips pairs of strings; each takes at least eight bytes, which bounds the loop. */
function skipExtensions(fields: FieldReader): void {
  for (let count = fields.u32(); count > 0; count--) {
    fields.bytes();
    fields.bytes();
  }
}

export function writeAttributes({ size, owner, mode, times }: Attributes): Buffer {
  const flags =
    (size === undefined ? 0 : SIZE) |
    (owner ? OWNER : 0) |
    (mode === undefined ? 0 : MODE) |
    (times ? TIMES : 0);
  return Buffer.concat([
    u32(flags),
    ...(size === undefined ? [] : [u64(size)]),
    ...(owner ? [u32(owner.uid), u32(owner.gid)] : []),
    ...(mode === undefined ? [] : [u32(mode)]),
    ...(times ? [u32(times.access), u32(times.modification)] : []),
  ]);
}

export function attributesOf(stats: Stats): Attributes {
  const times = { access: seconds(stats.atimeMs), modification: seconds(stats.mtimeMs) };
  return { size: stats.size, owner: { uid: stats.uid, gid: stats.gid }, mode: stats.mode, times };
}

/** Clamped to the protocol's 32 bits: years 1970 to 2106. */
function seconds(ms: number): number {
  return Math.min(Math.max(Math.floor(ms / 1000), 0), 0xffffffff);
}

const types: ReadonlyMap<number, string> = new Map([
  [constants.S_IFDIR, 'd'],
  [constants.S_IFLNK, 'l'],
  [constants.S_IFCHR, 'c'],
  [constants.S_IFBLK, 'b'],
  [constants.S_IFIFO, 'p'],
  [constants.S_IFSOCK, 's'],
]);

/** A line like that of `ls -l`, which some clients show unparsed. */
export function longName(name: string, stats: Stats): string {
  const type = types.get(stats.mode & constants.S_IFMT) ?? '-';
  const columns = [
    `${type}${permissions(stats.mode)}`,
    String(stats.nlink).padStart(4),
    String(stats.uid).padEnd(8),
    String(stats.gid).padEnd(8),
    String(stats.size).padStart(10),
    date(stats.mtimeMs),
  ];
  return `${columns.join(' ')} ${name}`;
}

function permissions(mode: number): string {
  return [6, 3, 0]
    .map((shift) => {
      const bits = (mode >> shift) & 7;
      return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
    })
    .join('');
}

/** `Jan  2  2026`, in UTC. */
function date(ms: number): string {
  const when = new Date(ms);
  const month = when.toLocaleString('en-US', { month: 'short', timeZone: 'UTC' });
  return `${month} ${String(when.getUTCDate()).padStart(2)} ${String(when.getUTCFullYear()).padStart(5)}`;
}
