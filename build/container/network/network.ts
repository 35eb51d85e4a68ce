import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { loopbackPairDescriptors } from '../../../lib/linux/net/loopback-pair.ts';
import { endedHow, spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { nodeProgram } from '../../host/paths.ts';
import type { ToolCommand } from '../../tools/command.ts';
import type { UserNetwork } from './user-network.ts';

const pollMs = 20;
const polls = 500;

/** The processes that serve a container's network. */
export interface RunningNetwork {
  readonly pids: readonly number[];
  stop(): void;
}

/**
 * Starts the network of that process's namespaces. Resolves when the interface exists.
 * @param unshare unshare(1) without arguments @throws KitError
 */
export async function startNetwork(
  { program, command }: UserNetwork,
  unshare: ToolCommand,
  pid: number,
): Promise<RunningNetwork> {
  const children = program === 'pasta' ? [startPasta(command, pid)] : startPasst(command, unshare, pid);
  const network: RunningNetwork = {
    pids: children.flatMap(({ child }) => child.pid ?? []),
    stop: () => children.map(({ child }) => child.kill()),
  };
  const failed = Promise.race(children.map(endOf));
  for (let poll = 0; poll < polls; poll += 1) {
    if (/^\s*eth0:/m.test(readFileSync(`/proc/${pid}/net/dev`, 'utf8'))) return network;
    const why = await Promise.race([failed, pause(pollMs, undefined)]);
    if (why !== undefined) {
      network.stop();
      throw new KitError(`Cannot give the container a network: ${why}`);
    }
  }
  network.stop();
  throw new KitError(`Cannot give the container a network: ${program} makes no interface`);
}

interface Child {
  readonly title: string;
  readonly child: ChildProcess;
}

const endOf = ({ title, child }: Child): Promise<string> =>
  once(child, 'close').then(([code, signal]) => `${title} ended ${endedHow(code, signal)}`, reasonOf);

function startPasta({ file, args, env }: ToolCommand, pid: number): Child {
  const namespaces = ['--netns', `/proc/${pid}/ns/net`, '--userns', `/proc/${pid}/ns/user`];
  const child = spawnProgram(file, [...args, ...namespaces], {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return { title: 'pasta', child };
}

/** passt speaks to the other end of a socket pair. The bridge runs in a network namespace of its own. */
function startPasst(passt: ToolCommand, unshare: ToolCommand, pid: number): Child[] {
  // passt sends all that a TCP window allows at once, and loses what does not fit into the socket.
  const [ours, theirs] = loopbackPairDescriptors();
  const start = (
    { file, args, env }: ToolCommand,
    more: readonly string[],
    descriptor: number,
  ): ChildProcess =>
    spawnProgram(file, [...args, ...more], { env, stdio: ['ignore', 'inherit', 'inherit', descriptor] });
  try {
    const node = [process.execPath, ...nodeProgram('build/container/network/bridge-main.ts')];
    const bridge = ['--net', ...node, String(pid)];
    return [
      { title: 'passt', child: start(passt, ['--fd', '3'], theirs) },
      { title: "passt's bridge", child: start(unshare, bridge, ours) },
    ];
  } finally {
    closeSync(ours);
    closeSync(theirs);
  }
}
