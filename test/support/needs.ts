import { execFileSync } from 'node:child_process';
import { constants, existsSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';

declare module 'vitest' {
  interface TaskMeta {
    /** Reason for skipping, for the summary of a run: `needs root, for network namespaces`. */
    skipped?: string;
  }
}

/** Options of a `test` or `describe`; test/reporter.ts reads them. */
export interface Needs {
  readonly skip?: boolean;
  readonly meta?: { skipped: string };
}

export const isRoot = process.getuid?.() === 0;

/**
 * A requirement of a test or a group of tests on the host. Without it they are skipped, and the summary of
 * the run counts them with the reason.
 */
export function needs(requirement: string, isPresent: boolean): Needs {
  return isPresent ? {} : { skip: true, meta: { skipped: `needs ${requirement}` } };
}

/** `purpose` is what only root may do, such as `network namespaces`. */
export const needsRoot = (purpose: string): Needs => needs(`root, for ${purpose}`, isRoot);

/** Removes a folder and its content, also from folders without write permission. */
export function removeTree(path: string): void {
  if (!existsSync(path)) return;
  execFileSync('chmod', ['-R', 'u+rwX', path]);
  rmSync(path, { recursive: true });
}

/**
 * The path of a unix socket in a folder, also when TMPDIR is too long for an address of 107 bytes (unix(7)).
 * Valid for all processes of this user while this one runs.
 */
export function testSocket(folder: string, file: string): string {
  const plain = join(folder, file);
  if (Buffer.byteLength(plain) <= 107) return plain;
  return `/proc/${process.pid}/fd/${openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)}/${file}`;
}
