import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../../lib/linux/process/spawn.ts';
import type { SwitchPort } from '../../backend/request/switch-port.ts';
import { nodeProgram } from '../../host/paths.ts';
import type { ToolCommand } from '../../tools/command.ts';
import type { RunningNetwork } from './network.ts';

const pollMs = 20;
const polls = 500;

/**
 * Gives the network namespace of that process an interface for each port, `eth1` and so on. Resolves when
 * they exist. @param unshare unshare(1) without arguments @throws KitError
 */
export async function startPorts(
  ports: readonly SwitchPort[],
  { file, args, env }: ToolCommand,
  pid: number,
): Promise<RunningNetwork> {
  const children = ports.map(({ mac, socket }, index) => {
    const node = [process.execPath, ...nodeProgram('build/container/network/port-main.ts')];
    const inside = ['--net', ...node, String(pid), nameOf(index), mac, socket];
    return spawnProgram(file, [...args, ...inside], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  });
  const network: RunningNetwork = {
    pids: children.flatMap((child) => child.pid ?? []),
    stop: () => children.map((child) => child.kill()),
  };
  const failed = Promise.race(
    children.map((child) => once(child, 'close').then(([code, signal]) => endedHow(code, signal), reasonOf)),
  );
  for (let poll = 0; poll < polls; poll += 1) {
    if (ports.every((_, index) => exists(nameOf(index), pid))) return network;
    const why = await Promise.race([failed, pause(pollMs, undefined)]);
    if (why === undefined) continue;
    network.stop();
    throw new KitError(`Cannot connect the container with the networks of its cluster: a port ended ${why}`);
  }
  network.stop();
  throw new KitError('Cannot connect the container with the networks of its cluster: there is no interface');
}

const nameOf = (index: number): string => `eth${index + 1}`;

const exists = (name: string, pid: number): boolean =>
  new RegExp(`^\\s*${name}:`, 'm').test(readFileSync(`/proc/${pid}/net/dev`, 'utf8'));
