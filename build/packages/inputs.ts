import { createHash, type Hash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { nameBytes, nameOfBytes, pathOnDisk } from '../../lib/archive/file-names.ts';

/** An input of a package and its content: a file, a symbolic link, the names in a folder, or nothing. */
export interface RecordedInput {
  readonly path: string;
  /** lstat(2) values that change with the content; empty when unreliable or when nothing is at the path. */
  readonly stamp: string;
  readonly hash: string;
}

/** Records the paths. For a folder, that is only its list of names; `pathsBelow` adds its contents. */
export function recordInputs(paths: Iterable<string>): RecordedInput[] {
  // Stamps first: after a change in between, the old stamp does not match and the file is read again.
  return [...new Set(paths)]
    .sort()
    .map((path) => ({ path, stamp: safeStamp(path), hash: contentHash(path) }));
}

/**
 * The inputs if their contents have not changed, with new stamps for files that were touched; undefined when
 * one has changed. Only files with another stamp are read.
 */
export function refreshInputs(inputs: readonly RecordedInput[]): readonly RecordedInput[] | undefined {
  let touched = false;
  const now: RecordedInput[] = [];
  for (const input of inputs) {
    if (input.stamp !== '' && stampOf(input.path)?.text === input.stamp) {
      now.push(input);
      continue;
    }
    const stamp = safeStamp(input.path);
    if (contentHash(input.path) !== input.hash) return undefined;
    touched ||= stamp !== input.stamp;
    now.push({ ...input, stamp });
  }
  return touched ? now : inputs;
}

/** Whether one of the paths may have changed since this time (milliseconds since 1970). */
export function changedSince(paths: Iterable<string>, timeMs: number): boolean {
  return [...paths].some((path) => (stampOf(path)?.changedMs ?? 0) > timeMs - tickMs);
}

/** The folder and everything below it; for anything else, only the path itself. */
export function pathsBelow(path: string): string[] {
  if (!stampOf(path)?.isFolder) return [path];
  return [path, ...names(path).flatMap((name) => pathsBelow(join(path, name)))];
}

/** sha256 over type, executable bit and content. */
export function contentHash(path: string): string {
  const hash = createHash('sha256');
  const stats = lstatSync(pathOnDisk(path), { throwIfNoEntry: false });
  if (stats?.isFile()) hashFile(hash.update(stats.mode & 0o100 ? 'program\0' : 'file\0'), path, stats.size);
  else if (stats?.isSymbolicLink())
    hash.update('link\0').update(readlinkSync(pathOnDisk(path), { encoding: 'buffer' }));
  else if (stats?.isDirectory()) hash.update('folder\0').update(nameBytes(names(path).join('\0')));
  else hash.update(stats ? 'other' : 'absent');
  return hash.digest('hex');
}

/** In chunks, since a file may be larger than memory. */
function hashFile(hash: Hash, path: string, size: number): void {
  const file = openSync(pathOnDisk(path), 'r');
  try {
    const buffer = Buffer.allocUnsafe(Math.min(Math.max(size, 1), 1 << 20));
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) {
      hash.update(buffer.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
}

function names(folder: string): string[] {
  return readdirSync(pathOnDisk(folder), { encoding: 'buffer' }).map(nameOfBytes).sort();
}

/** File timestamps advance in steps of a few milliseconds: a change within this time may not alter them. */
const tickMs = 50;

/** Empty for a recent change, so that the next check reads the file. */
function safeStamp(path: string): string {
  const stamp = stampOf(path);
  return stamp && Date.now() - stamp.changedMs > tickMs ? stamp.text : '';
}

function stampOf(path: string): { text: string; changedMs: number; isFolder: boolean } | undefined {
  const stats = lstatSync(pathOnDisk(path), { bigint: true, throwIfNoEntry: false });
  if (!stats) return undefined;
  // With ctime, since rsync and tar set mtime, but nothing can set ctime.
  const { mode, size, mtimeNs, ctimeNs, ino } = stats;
  return {
    text: [mode, size, mtimeNs, ctimeNs, ino].join(' '),
    changedMs: Number(ctimeNs / 1_000_000n),
    isFolder: stats.isDirectory(),
  };
}
