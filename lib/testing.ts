import { execFileSync } from 'node:child_process';
import { constants, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

declare module 'vitest' {
  interface TaskMeta {
    /** Why the test is skipped, for the summary of a run: `needs root, for network namespaces`. */
    skipped?: string;
  }
}

/** Options of a `test` or `describe`; test/skipped.ts reads them. */
export interface Needs {
  readonly skip?: boolean;
  readonly meta?: { skipped: string };
}

export const isRoot = process.getuid?.() === 0;

/**
 * What a test or a group of tests needs of the host. Where it is missing they are skipped, and the summary of
 * the run counts them by reason.
 */
export function needs(what: string, isThere: boolean): Needs {
  return isThere ? {} : { skip: true, meta: { skipped: `needs ${what}` } };
}

/** `what`: what only root may do, such as `network namespaces`. */
export const needsRoot = (what: string): Needs => needs(`root, for ${what}`, isRoot);

/** Removes a folder and everything in it, even below folders without write permission. */
export function removeTree(path: string): void {
  if (!existsSync(path)) return;
  execFileSync('chmod', ['-R', 'u+rwX', path]);
  rmSync(path, { recursive: true });
}

/**
 * The path of a unix socket in a folder, however long TMPDIR is: an address holds 107 bytes (unix(7)). Good for all
 * processes of this user, for as long as this one runs.
 */
export function testSocket(folder: string, file: string): string {
  const plain = join(folder, file);
  if (Buffer.byteLength(plain) <= 107) return plain;
  return `/proc/${process.pid}/fd/${openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)}/${file}`;
}
