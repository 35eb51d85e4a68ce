import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { spawnProgram } from '../../lib/linux/process/spawn.ts';
import type { Attempt } from './attack.ts';

/** How a kernel refuses, in the words of strerror(3): by a filter, by a privilege, by a limit of none. */
const refusal =
  /^unshare.*: (?:Operation not permitted|Permission denied|Function not implemented|No space left on device)/m;

/**
 * Makes a namespace with unshare(1) of busybox, which the probe brings: this process has threads, and one
 * with threads may not make a user namespace. @param option `--user` @throws Error when it fails otherwise
 */
export async function unshares(option: string): Promise<Attempt> {
  // This program is `/.kit-audit/service/main.mjs`.
  const busybox = join(dirname(dirname(process.argv[1] ?? '')), 'usr/bin/busybox');
  const child = spawnProgram(busybox, ['unshare', option, busybox, 'true'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [[status], said] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
  if (status === 0) return `ran unshare ${option}`;
  if (refusal.test(said)) return undefined;
  throw new Error(`unshare ended with status ${status}: ${said.trim()}`);
}
