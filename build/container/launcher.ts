import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import { setLimit, uptimeMs } from '../../lib/linux/system/host.ts';
import type { ContainerLaunch } from '../backend/launch.ts';
import { ContainerCgroup } from './container-cgroup.ts';
import { liftLimits } from './container-limits.ts';
import { makeRoot } from './container-root.ts';
import { mapping, ownerId, withOwner } from './owner.ts';

/** What the launcher tells the monitor. */
export type FromLauncher =
  /** PID 1, and the processes around it, as the host knows them. */
  | { readonly kind: 'started'; readonly pid: number; readonly helpers: readonly number[] }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'ended'; readonly how: 'poweroff' | 'reboot' | 'failed'; readonly reason: string };

/** reboot(2): in a PID namespace it ends PID 1 by one of two signals. */
const endings: Readonly<Partial<Record<NodeJS.Signals, 'poweroff' | 'reboot'>>> = {
  SIGINT: 'poweroff',
  SIGHUP: 'reboot',
};

/**
 * All namespaces have an owner: the user namespace that is made with them. In it root is root, of files too, but may do
 * nothing to the host: load no module, set no clock, touch no disk.
 */
const namespaces = [
  ...['--mount', '--pid', '--fork', '--kill-child', '--uts', '--ipc', '--net', '--cgroup', '--time'],
  ...['--setuid', '0', '--setgid', '0'],
];

/** As init wants them, which in there may not raise them; where we may not either, init says so and goes on. */
function raiseLimits(): void {
  try {
    setLimit('NOFILE', Math.min(1 << 20, Number(readFileSync('/proc/sys/fs/nr_open', 'utf8'))));
    setLimit('NPROC', 'unlimited');
  } catch {
    // CAP_SYS_RESOURCE is missing, as in many containers.
  }
}

/** In a mount namespace of its own: puts the root file system together, starts PID 1 on it, and waits for its end. */
export class Launcher {
  private readonly dir: string;
  private readonly launch: ContainerLaunch;
  private readonly send: (message: FromLauncher) => void;
  private child: ChildProcess | undefined;
  private pid = 0;

  constructor(dir: string, launch: ContainerLaunch, send: (message: FromLauncher) => void) {
    this.dir = dir;
    this.launch = launch;
    this.send = send;
  }

  async run(terminal: string): Promise<FromLauncher> {
    raiseLimits();
    const { hostname, unshare } = this.launch;
    const id = ownerId(hostname);
    // Of the host: the image's lies behind folders that are closed to the container.
    const { scratch } = await withOwner(id, unshare, ['cat'], async (owner) =>
      makeRoot(this.dir, this.launch, owner, terminal),
    );
    const cgroup = new ContainerCgroup(scratch, hostname, id);
    try {
      const lifted = liftLimits(join(scratch, 'new'), scratch, cgroup.controllers());
      for (const text of [...cgroup.limit(this.launch), ...lifted]) this.send({ kind: 'line', text });
      return await this.live(scratch, cgroup);
    } finally {
      await cgroup.remove();
    }
  }

  /** Everything: what is in a PID namespace ends with its PID 1. */
  kill(): void {
    this.child?.kill('SIGKILL');
    // It has changed its user since the kernel was told that it dies with its parent, and that is forgotten then.
    if (this.pid > 0) process.kill(this.pid, 'SIGKILL');
  }

  private async live(scratch: string, cgroup: ContainerCgroup): Promise<FromLauncher> {
    const child = this.spawn(scratch, cgroup);
    this.child = child;
    const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.pid = await firstInside(child, ended);
    cgroup.leave(child.pid ?? 0);
    const network = await this.connect();
    this.send({ kind: 'started', pid: this.pid, helpers: network?.pid ? [network.pid] : [] });
    (child.stdio[3] as Writable).end('go\n');
    const [code, signal] = await ended;
    this.pid = 0;
    network?.kill();
    const how = signal === null ? undefined : endings[signal];
    const reason = `its init ended ${endedHow(code, signal)}`;
    return { kind: 'ended', how: how ?? 'failed', reason: how ? '' : reason };
  }

  private spawn(scratch: string, cgroup: ContainerCgroup): ChildProcess {
    const { unshare, hostname } = this.launch;
    // It starts when this machine does, as far as anybody in there can tell.
    const clock = ['--boottime', String(-Math.floor(uptimeMs() / 1000))];
    // By names that lead through no folder which is closed to the container.
    const start = ['./busybox', 'sh', 'start.sh', 'new', hostname];
    const owned = mapping(ownerId(hostname));
    // Whoever makes a cgroup namespace is at its root, so the cgroup is entered first.
    const enter = ['sh', '-c', 'echo 0 >"$0" && exec "$@"', cgroup.door];
    const args = [...enter, unshare.file, ...unshare.args, ...owned, ...namespaces, ...clock, ...start];
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'pipe'];
    return spawnProgram('./busybox', args, { cwd: scratch, env: unshare.env, stdio });
  }

  /** The network behind the container, before anybody in there looks for one. */
  private async connect(): Promise<ChildProcess | undefined> {
    const { network } = this.launch;
    if (!network) return undefined;
    const own = (kind: string): string => `/proc/${this.pid}/ns/${kind}`;
    const args = [...network.args, '--netns', own('net'), '--userns', own('user')];
    const child = spawnProgram(network.file, args, {
      env: network.env,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const failed = once(child, 'close').then(
      ([code, signal]) => `pasta ended ${endedHow(code, signal)}`,
      reasonOf,
    );
    for (let tries = 0; tries < networkTries; tries += 1) {
      if (/^\s*eth0:/m.test(readFileSync(`/proc/${this.pid}/net/dev`, 'utf8'))) return child;
      const why = await Promise.race([failed, pause(lookMs, undefined)]);
      if (why !== undefined) throw new KitError(`Cannot give the container a network: ${why}`);
    }
    child.kill();
    throw new KitError('Cannot give the container a network: pasta makes no interface');
  }
}

const lookMs = 20;
const networkTries = 500;

/** `unshare` has helpers, and, once its namespaces are there, the child that is PID 1 in them. */
async function firstInside({ pid }: ChildProcess, ended: Promise<unknown>): Promise<number> {
  // It did not start, and that is told why.
  if (pid === undefined) await ended;
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    const inside = childrenOf(pid).find(isInside);
    if (inside !== undefined) return inside;
    await pause(lookMs / 4);
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

function isInside(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid');
  } catch {
    // It has just ended.
    return false;
  }
}
