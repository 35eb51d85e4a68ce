import { execFileSync } from 'node:child_process';
import { constants, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

declare module 'vitest' {
  interface TaskMeta {
    /** Why it is skipped, as the summary of a run says it: `needs root, for network namespaces`. */
    skipped?: string;
  }
}

/** Options of a `test` or `describe`; test/skipped.ts reads them back. */
export interface Needs {
  readonly skip?: boolean;
  readonly meta?: { skipped: string };
}

export const isRoot = process.getuid?.() === 0;

/**
 * What a test or a group of them needs of the host. Where it is missing they are skipped, and the run says at its end
 * how many were, and for want of what.
 */
export function needs(what: string, isThere: boolean): Needs {
  return isThere ? {} : { skip: true, meta: { skipped: `needs ${what}` } };
}

/** `what`: that which only root may do, such as `network namespaces`. */
export const needsRoot = (what: string): Needs => needs(`root, for ${what}`, isRoot);

/** Removes a folder with all that is in it, also what lies in folders without write permission, as root may anyway. */
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
