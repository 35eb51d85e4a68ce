import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import { setLimit, uptimeMs } from '../../lib/linux/system/host.ts';
import { ContainerCgroup } from './container-cgroup.ts';
import { makeRoot } from './container-root.ts';
import type { ContainerLaunch } from './launch.ts';
import { startNetwork } from './network.ts';
import { dropUnsupportedLimits } from './unsupported-limits.ts';
import { hostRootId, idMapArguments, withUserNamespace } from './user-namespace.ts';

/** A message from the launcher to the monitor. */
export type LauncherMessage =
  /** The host's pids of the container's PID 1 and of the processes that serve it. */
  | { readonly kind: 'started'; readonly pid: number; readonly helpers: readonly number[] }
  /** A message for the user at the terminal. */
  | { readonly kind: 'notice'; readonly text: string }
  | { readonly kind: 'ended'; readonly how: 'poweroff' | 'reboot' | 'failed'; readonly reason: string };

/** reboot(2): called in a PID namespace, it ends the namespace's PID 1 by one of these signals. */
const endSignals: Readonly<Partial<Record<NodeJS.Signals, 'poweroff' | 'reboot'>>> = {
  SIGINT: 'poweroff',
  SIGHUP: 'reboot',
};

/**
 * The user namespace made along with them owns all others. The container's root owns the container and its
 * files, but has no privileges on the host: it cannot load modules, set the clock or open disks.
 */
const namespaceArguments = [
  ...['--mount', '--pid', '--fork', '--kill-child', '--uts', '--ipc', '--net', '--cgroup', '--time'],
  ...['--setuid', '0', '--setgid', '0'],
];

const pollMs = 5;

/**
 * Runs in a mount namespace of its own: mounts the root file system, starts PID 1 on it, and waits for its
 * end.
 */
export class Launcher {
  readonly #dir: string;
  readonly #launch: ContainerLaunch;
  readonly #send: (message: LauncherMessage) => void;
  #child: ChildProcess | undefined;
  /** The host's pid of the container's PID 1; 0: there is none. */
  #pid = 0;

  constructor(dir: string, launch: ContainerLaunch, send: (message: LauncherMessage) => void) {
    this.#dir = dir;
    this.#launch = launch;
    this.#send = send;
  }

  async run(terminal: string): Promise<LauncherMessage> {
    raiseLimits();
    const { hostname, unshare } = this.#launch;
    const rootId = hostRootId(hostname);
    // `cat` of the host: the image's own lies in folders that the mapped root may not enter.
    const { scratch } = await withUserNamespace(rootId, unshare, ['cat'], async (namespace) =>
      makeRoot(this.#dir, this.#launch, namespace, terminal),
    );
    const cgroup = new ContainerCgroup(scratch, hostname, rootId);
    try {
      const dropped = dropUnsupportedLimits(join(scratch, 'new'), scratch, cgroup.controllers());
      for (const text of [...cgroup.limit(this.#launch), ...dropped]) this.#send({ kind: 'notice', text });
      return await this.#runInit(scratch, cgroup);
    } finally {
      await cgroup.remove();
    }
  }

  /** Kills PID 1, and with it everything in its PID namespace. */
  kill(): void {
    this.#child?.kill('SIGKILL');
    // `--kill-child` alone is not enough: PR_SET_PDEATHSIG is cleared when PID 1 changes its uid.
    if (this.#pid > 0) process.kill(this.#pid, 'SIGKILL');
  }

  async #runInit(scratch: string, cgroup: ContainerCgroup): Promise<LauncherMessage> {
    const child = this.#spawnInit(scratch, cgroup);
    this.#child = child;
    const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.#pid = await pidOfInit(child, ended);
    cgroup.leave(child.pid ?? 0);
    const { network: command } = this.#launch;
    const network = command ? await startNetwork(command, this.#pid) : undefined;
    this.#send({ kind: 'started', pid: this.#pid, helpers: network?.pid ? [network.pid] : [] });
    // start.sh waits for this line before it becomes init.
    (child.stdio[3] as Writable).end('go\n');
    const [code, signal] = await ended;
    this.#pid = 0;
    network?.kill();
    const how = signal === null ? undefined : endSignals[signal];
    const reason = `its init ended ${endedHow(code, signal)}`;
    return { kind: 'ended', how: how ?? 'failed', reason: how ? '' : reason };
  }

  #spawnInit(scratch: string, cgroup: ContainerCgroup): ChildProcess {
    const { unshare, hostname } = this.#launch;
    // Inside, the machine's uptime begins now.
    const clock = ['--boottime', String(-Math.floor(uptimeMs() / 1000))];
    // Relative paths: the folders above may be closed to the mapped root.
    const start = ['./busybox', 'sh', 'start.sh', 'new', hostname];
    const idMap = idMapArguments(hostRootId(hostname));
    // The root of a new cgroup namespace is the cgroup of the process that makes it, so that is entered
    // first.
    const enter = ['sh', '-c', 'echo 0 >"$0" && exec "$@"', cgroup.procsFile];
    const args = [...enter, unshare.file, ...unshare.args, ...idMap, ...namespaceArguments];
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'pipe'];
    return spawnProgram('./busybox', [...args, ...clock, ...start], {
      cwd: scratch,
      env: unshare.env,
      stdio,
    });
  }
}

/**
 * Raises the limits that init cannot raise inside the container. If the launcher may not raise them either,
 * init logs that and continues.
 */
function raiseLimits(): void {
  try {
    setLimit('NOFILE', Math.min(1 << 20, Number(readFileSync('/proc/sys/fs/nr_open', 'utf8'))));
    setLimit('NPROC', 'unlimited');
  } catch {
    // CAP_SYS_RESOURCE is missing, as in many containers.
  }
}

/** unshare(1) forks helpers, and, once the namespaces exist, the child that is PID 1 in them. */
async function pidOfInit({ pid }: ChildProcess, ended: Promise<unknown>): Promise<number> {
  // A program that did not start has no pid; waiting for its end throws the reason.
  if (pid === undefined) await ended;
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  while (!hasEnded) {
    const inside = childrenOf(pid).find(isInOtherNamespace);
    if (inside !== undefined) return inside;
    await pause(pollMs);
  }
  throw new KitError('Cannot make namespaces for the container');
}

function childrenOf(pid: number | undefined): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    // It has just ended.
    return [];
  }
}

function isInOtherNamespace(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid');
  } catch {
    // It has just ended.
    return false;
  }
}
