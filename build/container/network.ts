import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import type { ToolCommand } from '../tools/command.ts';

const pollMs = 20;
const polls = 500;

/**
 * Starts pasta(1) for the namespaces of that process. Resolves when the interface exists. @throws KitError
 */
export async function startNetwork(pasta: ToolCommand, pid: number): Promise<ChildProcess> {
  const namespace = (kind: string): string => `/proc/${pid}/ns/${kind}`;
  const args = [...pasta.args, '--netns', namespace('net'), '--userns', namespace('user')];
  const child = spawnProgram(pasta.file, args, { env: pasta.env, stdio: ['ignore', 'inherit', 'inherit'] });
  const failed = once(child, 'close').then(
    ([code, signal]) => `pasta ended ${endedHow(code, signal)}`,
    reasonOf,
  );
  for (let poll = 0; poll < polls; poll += 1) {
    if (/^\s*eth0:/m.test(readFileSync(`/proc/${pid}/net/dev`, 'utf8'))) return child;
    const why = await Promise.race([failed, pause(pollMs, undefined)]);
    if (why !== undefined) throw new KitError(`Cannot give the container a network: ${why}`);
  }
  child.kill();
  throw new KitError('Cannot give the container a network: pasta makes no interface');
}
