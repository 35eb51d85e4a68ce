import type { ChildProcessByStdio } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { KitError } from '../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import type { ToolCommand } from '../tools/command.ts';

/** Who root of a container is on the host: somebody who owns nothing there. */
export interface Owner {
  /** Number of that user, and of that group; those after it are the container's others. */
  readonly id: number;
  /** A descriptor of a user namespace in which `id` is 0. */
  readonly namespace: number;
}

/** Numbers in a container: enough for every user that an image has. */
const idCount = 65_536;
/**
 * What systemd sets aside for containers (its UIDS-GIDS), in blocks of 65,536. Being root there with root's own number
 * would open whatever asks for the number alone, as /proc/sys does.
 */
const blocks = { first: 8, last: 28_671 } as const;

/** The block of a container: containers of different names do not own each other's files either. */
export function ownerId(name: string): number {
  const block = createHash('sha256').update(name).digest().readUInt32BE(0) % (blocks.last - blocks.first + 1);
  return (blocks.first + block) * idCount;
}

/** `unshare`'s options for a user namespace in which that number is 0. */
export const mapping = (id: number): string[] => [
  ...['--map-users', `0:${id}:${idCount}`],
  ...['--map-groups', `0:${id}:${idCount}`],
];

/** Makes the namespace for `use`. @param cat any program that lives until its input ends */
export async function withOwner<T>(
  id: number,
  unshare: ToolCommand,
  cat: readonly string[],
  use: (owner: Owner) => Promise<T>,
): Promise<T> {
  const args = [...unshare.args, ...mapping(id), ...cat];
  const helper = spawnProgram(unshare.file, args, { env: unshare.env, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await isThere(helper);
    const namespace = openSync(`/proc/${helper.pid}/ns/user`, 'r');
    try {
      return await use({ id, namespace });
    } finally {
      closeSync(namespace);
    }
  } finally {
    helper.kill('SIGKILL');
  }
}

/** It repeats the line that it is given when it is in there, with the numbers mapped. */
async function isThere(helper: ChildProcessByStdio<Writable, Readable, null>): Promise<void> {
  const ended = once(helper, 'close').then(([status, signal]) => {
    throw new KitError(
      `Cannot make a user namespace for the container: unshare ended ${endedHow(status, signal)}`,
    );
  });
  // It is ended by us, later.
  ended.catch(() => {});
  // One that has ended reads nothing.
  helper.stdin.on('error', () => {});
  helper.stdin.write('there\n');
  await Promise.race([once(helper.stdout, 'data'), ended]);
}
