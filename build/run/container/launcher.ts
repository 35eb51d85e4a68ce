import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { setLimit, uptimeMs } from '../../../lib/linux/host.ts';
import type { ContainerLaunch } from '../launch.ts';
import { ContainerCgroup } from './container-cgroup.ts';
import { type ContainerRoot, makeRoot } from './container-root.ts';

/** What the launcher tells the monitor. */
export type FromLauncher =
  | { readonly kind: 'started'; readonly pid: number }
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'ended'; readonly how: 'poweroff' | 'reboot' | 'failed'; readonly reason: string };

/** reboot(2): in a PID namespace it ends PID 1 by one of two signals. */
const endings: Readonly<Partial<Record<NodeJS.Signals, 'poweroff' | 'reboot'>>> = {
  SIGINT: 'poweroff',
  SIGHUP: 'reboot',
};

/**
 * All namespaces but the user's own have an owner: the user namespace that is made with them. In it root is root, of
 * files too, but may do nothing to the host: load no module, set no clock, touch no disk. One number short of all, by
 * which programs know that they are in one.
 */
const namespaces = [
  ...['--map-users', '0:0:4294967294', '--map-groups', '0:0:4294967294'],
  ...['--mount', '--pid', '--fork', '--kill-child', '--uts', '--ipc', '--net', '--cgroup', '--time'],
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
    const root = makeRoot(this.dir, this.launch, terminal);
    const cgroup = new ContainerCgroup(root.scratch, this.launch.hostname);
    try {
      for (const text of cgroup.limit(this.launch)) this.send({ kind: 'line', text });
      return await this.live(root, cgroup);
    } finally {
      await cgroup.remove();
    }
  }

  /** Everything: PID 1 dies with the one who waits for it. */
  kill(): void {
    this.child?.kill('SIGKILL');
  }

  private async live(root: ContainerRoot, cgroup: ContainerCgroup): Promise<FromLauncher> {
    const child = this.spawn(root, cgroup);
    this.child = child;
    const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
    this.pid = await firstInside(child, ended);
    cgroup.leave(child.pid ?? 0);
    const network = await this.connect();
    this.send({ kind: 'started', pid: this.pid });
    (child.stdio[3] as Writable).end('go\n');
    const [code, signal] = await ended;
    network?.kill();
    const how = signal === null ? undefined : endings[signal];
    const reason = `its init ended ${signal === null ? `with status ${code}` : `by ${signal}`}`;
    return { kind: 'ended', how: how ?? 'failed', reason: how ? '' : reason };
  }

  private spawn({ folder, busybox }: ContainerRoot, cgroup: ContainerCgroup): ChildProcess {
    const { unshare, hostname } = this.launch;
    // It starts when this machine does, as far as anybody in there can tell.
    const clock = ['--boottime', String(-Math.floor(uptimeMs() / 1000))];
    const start = [busybox, 'sh', startScript, folder, hostname];
    // Whoever makes a cgroup namespace is at its root, so the cgroup is entered first.
    const enter = [busybox, 'sh', '-c', 'echo 0 >"$0" && exec "$@"', cgroup.door];
    const [file = '', ...args] = [...enter, unshare.file, ...unshare.args, ...namespaces, ...clock, ...start];
    return spawn(file, args, { env: unshare.env, stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  }

  /** The network behind the container, before anybody in there looks for one. */
  private async connect(): Promise<ChildProcess | undefined> {
    const { network } = this.launch;
    if (!network) return undefined;
    const own = (kind: string): string => `/proc/${this.pid}/ns/${kind}`;
    const args = [...network.args, '--netns', own('net'), '--userns', own('user')];
    const child = spawn(network.file, args, { env: network.env, stdio: ['ignore', 'inherit', 'inherit'] });
    const failed = once(child, 'close').then(([code]) => `pasta ended with status ${code}`);
    failed.catch(() => {});
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

const startScript = join(import.meta.dirname, 'start.sh');

/** `unshare` has helpers, and, once its namespaces are there, the child that is PID 1 in them. */
async function firstInside({ pid }: ChildProcess, ended: Promise<unknown>): Promise<number> {
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!over) {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
    const inside = children.map(Number).find(isInside);
    if (inside !== undefined) return inside;
    await pause(lookMs / 4);
  }
  throw new KitError('Cannot make namespaces for the container');
}

function isInside(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid');
  } catch {
    // It has just ended.
    return false;
  }
}
