import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import { setLimit, uptimeMs } from '../../lib/linux/system/host.ts';
import { delegatedCgroup, wholeHierarchy } from './cgroup/cgroup-place.ts';
import { ContainerCgroup, limitContainer } from './cgroup/container-cgroup.ts';
import { type ContainerRoot, makeRoot } from './container-root.ts';
import { containerFiles } from './files.ts';
import { idCount } from './ids/id-range.ts';
import { innerNamespace } from './ids/namespace-arguments.ts';
import {
  echo,
  hostRootId,
  idMapArguments,
  type UserNamespace,
  withUserNamespace,
} from './ids/user-namespace.ts';
import type { ContainerLaunch } from './launch.ts';
import { mountLayer } from './layers/mount-layer.ts';
import { type RunningNetwork, startNetwork } from './network/network.ts';
import { startPorts } from './network/ports.ts';
import { adaptSpecs, type ContainerMeans } from './specs/adapt-specs.ts';
import { ownHardLimits } from './specs/possible-rlimits.ts';

/** A message from the launcher to the monitor. */
export type LauncherMessage =
  /** The host's pids of the container's PID 1 and of the processes that serve it. */
  | { readonly kind: 'started'; readonly pid: number; readonly helpers: readonly number[] }
  /** A message for the user at the terminal. */
  | { readonly kind: 'notice'; readonly text: string }
  /** The answer to an order; empty: it is done. */
  | { readonly kind: 'prepared'; readonly failure: string }
  | { readonly kind: 'ended'; readonly how: 'poweroff' | 'reboot' | 'failed'; readonly reason: string };

/** An order of the monitor: layers of another launch, for an update of the running container. */
export interface LauncherOrder {
  readonly kind: 'prepare';
  readonly launch: ContainerLaunch;
}

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
  ...['--mount', '--propagation', 'slave', '--pid', '--fork', '--kill-child'],
  ...['--uts', '--ipc', '--net', '--cgroup', '--time'],
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
  #means: ContainerMeans | undefined;
  /** Ids of the layers that the container has. */
  readonly #layers = new Set<string>();
  /** The host's pid of the container's PID 1; 0: there is none. */
  #pid = 0;

  constructor(dir: string, launch: ContainerLaunch, send: (message: LauncherMessage) => void) {
    this.#dir = dir;
    this.#launch = launch;
    this.#send = send;
  }

  async run(terminal: string): Promise<LauncherMessage> {
    raiseLimits();
    const { scratch } = await this.#makeRoot(terminal);
    const cgroup = this.#makeCgroup(scratch);
    try {
      const means: ContainerMeans = {
        controllers: cgroup?.controllers() ?? null,
        ids: this.#launch.ids,
        hardLimits: ownHardLimits(),
      };
      this.#means = means;
      for (const { id } of this.#launch.layers) this.#layers.add(id);
      const adapted = adaptSpecs(join(scratch, 'new'), scratch, means);
      for (const text of [...limitContainer(cgroup, this.#launch), ...adapted])
        this.#send({ kind: 'notice', text });
      return await this.#runInit(scratch, cgroup);
    } finally {
      await cgroup?.remove();
    }
  }

  /**
   * Mounts the layers that the container lacks, and adapts the bundles in the top layer. The mounts reach the
   * container, whose own are slaves of these (mount_namespaces(7)).
   */
  async prepare({ layers, unpack }: ContainerLaunch): Promise<void> {
    const means = this.#means;
    if (!means) throw new KitError('the container does not run yet');
    const scratch = join(this.#dir, containerFiles.root);
    const mountAll = async (namespace: UserNamespace | null): Promise<void> => {
      for (const layer of layers) {
        if (this.#layers.has(layer.id)) continue;
        const target = join(scratch, 'run/layers', layer.id);
        await mountLayer(layer, target, unpack, namespace);
        if (layer.use === 'root') {
          const copies = join(scratch, `specs-${layer.id}`);
          makeFolder(copies);
          for (const text of adaptSpecs(target, copies, means)) this.#send({ kind: 'notice', text });
        }
        this.#layers.add(layer.id);
      }
    };
    const { hostname, unshare, ids } = this.#launch;
    if (ids) return mountAll(null);
    return withUserNamespace(hostRootId(hostname), unshare, echo, mountAll);
  }

  #makeRoot(terminal: string): Promise<ContainerRoot> {
    const { hostname, unshare, ids } = this.#launch;
    if (ids) return makeRoot(this.#dir, this.#launch, null, terminal);
    return withUserNamespace(hostRootId(hostname), unshare, echo, (namespace) =>
      makeRoot(this.#dir, this.#launch, namespace, terminal),
    );
  }

  /** Undefined for an ordinary user without a delegated cgroup. */
  #makeCgroup(scratch: string): ContainerCgroup | undefined {
    const { hostname, ids } = this.#launch;
    if (!ids) return new ContainerCgroup(wholeHierarchy(scratch), hostname, hostRootId(hostname));
    const place = delegatedCgroup();
    return place && new ContainerCgroup(place, hostname, 0);
  }

  /** Kills PID 1, and with it everything in its PID namespace. */
  kill(): void {
    this.#child?.kill('SIGKILL');
    // `--kill-child` alone is not enough: PR_SET_PDEATHSIG is cleared when PID 1 changes its uid.
    if (this.#pid > 0) process.kill(this.#pid, 'SIGKILL');
  }

  async #runInit(scratch: string, cgroup: ContainerCgroup | undefined): Promise<LauncherMessage> {
    const child = this.#spawnInit(scratch, cgroup);
    this.#child = child;
    // Not "close": helpers of unshare(1) may outlive it, and hold its pipe open.
    const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    this.#pid = await pidOfInit(child, ended);
    cgroup?.leave(child.pid ?? 0);
    const networks = await this.#startNetworks();
    this.#send({ kind: 'started', pid: this.#pid, helpers: networks.flatMap(({ pids }) => pids) });
    // start.sh waits for this line before it becomes init.
    (child.stdio[3] as Writable).end('go\n');
    const [code, signal] = await ended;
    this.#pid = 0;
    for (const network of networks) network.stop();
    const how = signal === null ? undefined : endSignals[signal];
    const reason = `its init ended ${endedHow(code, signal)}`;
    return { kind: 'ended', how: how ?? 'failed', reason: how ? '' : reason };
  }

  async #startNetworks(): Promise<RunningNetwork[]> {
    const { network, ports = [], unshare } = this.#launch;
    return [
      ...(network ? [await startNetwork(network, unshare, this.#pid)] : []),
      ...(ports.length > 0 ? [await startPorts(ports, unshare, this.#pid)] : []),
    ];
  }

  #spawnInit(scratch: string, cgroup: ContainerCgroup | undefined): ChildProcess {
    const { unshare, dieWithParent, hostname, ids } = this.#launch;
    // Inside, the machine's uptime begins now.
    const clock = ['--boottime', String(-Math.floor(uptimeMs() / 1000))];
    // The group `tty`, as in a machine.
    const devpts = !ids || idCount(ids.gids) > 5 ? 'gid=5,' : '';
    // Relative paths: the folders above may be closed to the mapped root.
    const start = ['./busybox', 'sh', 'start.sh', 'new', hostname, cgroup ? 'own' : 'none', devpts];
    // An ordinary user is root in the launcher's namespaces already.
    const asRoot = ['--setuid', '0', '--setgid', '0'];
    const users = ids ? innerNamespace(ids) : [...idMapArguments(hostRootId(hostname)), ...asRoot];
    // PID 1 ends with unshare (--kill-child), and that with this process.
    const until = [dieWithParent.file, ...dieWithParent.args];
    const inside = [
      ...until,
      unshare.file,
      ...unshare.args,
      ...users,
      ...namespaceArguments,
      ...clock,
      ...start,
    ];
    // The root of a new cgroup namespace is the cgroup of the process that makes it, so that is entered
    // first.
    const enter = cgroup ? ['echo 0 >"$0" && exec "$@"', cgroup.procsFile] : ['exec "$@"', ''];
    const stdio: StdioOptions = ['ignore', 'inherit', 'inherit', 'pipe'];
    return spawnProgram('./busybox', ['sh', '-c', ...enter, ...inside], {
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
    if (inside !== undefined && runsScript(inside)) return inside;
    await pause(pollMs);
  }
  throw new KitError('Cannot make namespaces for the container');
}

/**
 * Between its change of ids and its exec, the kernel keeps other programs from opening its namespaces (it is
 * not "dumpable", ptrace(2)), pasta among them.
 */
function runsScript(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'busybox';
  } catch {
    // It has just ended.
    return false;
  }
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
