import { createHash, type Hash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A path that something was made from, and what was there: a file, a link, a folder's list of names, or
 * nothing.
 */
export interface RecordedInput {
  readonly path: string;
  /**
   * Facts of lstat(2) that change with the content; empty when they cannot be trusted, or when nothing is
   * there.
   */
  readonly stamp: string;
  readonly hash: string;
}

/**
 * Looks at the paths now. Folders stand for their list of names only: `pathsBelow` gives what is in them,
 * too.
 */
export function recordInputs(paths: Iterable<string>): RecordedInput[] {
  // The stamp first: a change in between leaves an old stamp with a new hash, and the next look reads the
  // file again.
  return [...new Set(paths)]
    .sort()
    .map((path) => ({ path, stamp: safeStamp(path), hash: contentHash(path) }));
}

/**
 * The same inputs when their contents are what they were, with new stamps where files were only touched;
 * undefined when one has changed. Only what has another stamp is read.
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

/** Whether one of them may have been written after this time (milliseconds since 1970). */
export function changedSince(paths: Iterable<string>, timeMs: number): boolean {
  return [...paths].some((path) => (stampOf(path)?.changedMs ?? 0) > timeMs - tickMs);
}

/** The folder and everything below it; only the path itself when it is no folder, or missing. */
export function pathsBelow(path: string): string[] {
  if (!stampOf(path)?.isFolder) return [path];
  return [path, ...names(path).flatMap((name) => pathsBelow(join(path, name)))];
}

/** sha256 over type, executable bit and content. */
export function contentHash(path: string): string {
  const hash = createHash('sha256');
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) hashFile(hash.update(stats.mode & 0o100 ? 'program\0' : 'file\0'), path, stats.size);
  else if (stats?.isSymbolicLink()) hash.update('link\0').update(readlinkSync(path));
  else if (stats?.isDirectory()) hash.update('folder\0').update(names(path).join('\0'));
  else hash.update(stats ? 'other' : 'absent');
  return hash.digest('hex');
}

/** In parts: a file of a package may be larger than the memory. */
function hashFile(hash: Hash, path: string, size: number): void {
  const file = openSync(path, 'r');
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
  return readdirSync(folder).sort();
}

/**
 * The clock of file times ticks every few milliseconds: a change within this time could leave them as they
 * are.
 */
const tickMs = 50;

/** No stamp for what changed a moment ago: the next look reads it again. */
function safeStamp(path: string): string {
  const stamp = stampOf(path);
  return stamp && Date.now() - stamp.changedMs > tickMs ? stamp.text : '';
}

function stampOf(path: string): { text: string; changedMs: number; isFolder: boolean } | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (!stats) return undefined;
  // ctime as well: rsync and tar set mtime back, nobody sets ctime.
  const { mode, size, mtimeNs, ctimeNs, ino } = stats;
  return {
    text: [mode, size, mtimeNs, ctimeNs, ino].join(' '),
    changedMs: Number(ctimeNs / 1_000_000n),
    isFolder: stats.isDirectory(),
  };
}
