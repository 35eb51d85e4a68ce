import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { KitError } from '../../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { firstId, idCount } from '../../spec/users/id-ranges.ts';
import type { ToolCommand } from '../../tools/command.ts';

/** A user namespace whose ids map to a block of host ids that own nothing on the host. */
export interface UserNamespace {
  /** The host uid and gid that the container's root maps to; the container's other ids follow it. */
  readonly rootId: number;
  /** A descriptor of the namespace. */
  readonly descriptor: number;
}

/** The host id of a container's root. Containers of different names do not own each other's files either. */
export const hostRootId = (name: string): number => firstId(name);

/**
 * Copies its input to its output, for `withUserNamespace`. The shell is the one program that every host has
 * where the mapped root may execute it: the image's own lie in folders that it may not enter.
 */
export const echo = ['sh', '-c', 'while read -r line; do echo "$line"; done'];

/** Options of unshare(1) for a user namespace in which that host id is root. */
export const idMapArguments = (rootId: number): string[] => [
  ...['--map-users', `0:${rootId}:${idCount}`],
  ...['--map-groups', `0:${rootId}:${idCount}`],
];

/**
 * Makes the namespace for as long as `use` takes.
 * @param cat `echo`, or another program that copies its input to its output
 */
export async function withUserNamespace<T>(
  rootId: number,
  unshare: ToolCommand,
  cat: readonly string[],
  use: (namespace: UserNamespace) => Promise<T>,
): Promise<T> {
  const args = [...unshare.args, ...idMapArguments(rootId), ...cat];
  const helper = spawnProgram(unshare.file, args, { env: unshare.env, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await untilReady(helper);
    const descriptor = openSync(`/proc/${helper.pid}/ns/user`, 'r');
    try {
      return await use({ rootId, descriptor });
    } finally {
      closeSync(descriptor);
    }
  } finally {
    helper.kill('SIGKILL');
  }
}

/**
 * unshare(1) executes `cat` after it has written the id maps: when `cat` echoes a line, the namespace is
 * ready.
 */
async function untilReady(helper: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
  const ended = once(helper, 'close').then(([status, signal]) => {
    throw new KitError(
      `Cannot make a user namespace for the container: unshare ended ${endedHow(status, signal)}`,
    );
  });
  // The caller ends it later, when nothing waits for this any more.
  ended.catch(() => {});
  // EPIPE, if it has ended already.
  helper.stdin.on('error', () => {});
  helper.stdin.write('ready\n');
  await Promise.race([once(helper.stdout, 'data'), ended]);
}
