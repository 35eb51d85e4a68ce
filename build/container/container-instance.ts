import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { signalProcess } from '../../lib/linux/process/process.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import { openPty, type Pty } from '../../lib/linux/terminal/pty.ts';
import { ConsoleLog } from '../backend/console-log.ts';
import type { Instance, InstanceEvents, MachineExit } from '../backend/instance.ts';
import { nodeProgram } from '../host/paths.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { isAlive, type ProcessId, processId, signalTo } from '../machine/records/process.ts';
import { containerFiles } from './files.ts';
import { launcherNamespaces } from './ids/namespace-arguments.ts';
import type { ContainerLaunch } from './launch.ts';
import type { LauncherMessage, LauncherOrder } from './launcher.ts';

/** How long the kernel may take to free what killed processes had. */
const goneMs = 2000;
const pollMs = 10;

type LauncherEnd = LauncherMessage & { readonly kind: 'ended' };

/** The guest treats its console as a serial line, which does not report a size. */
const terminalSize = { rows: 24, columns: 80 };

/** One run of a container, over any number of reboots: each is another launcher with other namespaces. */
export class ContainerInstance extends EventEmitter<InstanceEvents> implements Instance {
  readonly #dir: string;
  #launch: ContainerLaunch;
  readonly #console: ConsoleLog;
  #pty: Pty | undefined;
  /** The host's pid of the container's PID 1; 0: there is none. */
  #pid = 0;
  /** The processes that must not outlive the launcher: PID 1 and its helpers. */
  #processes: readonly ProcessId[] = [];
  #launcher: ChildProcess | undefined;
  #quitting = false;

  constructor({ dir }: Machine, launch: ContainerLaunch) {
    super();
    this.#dir = dir;
    this.#launch = launch;
    this.#console = new ConsoleLog(join(dir, machineFiles.console));
  }

  async run(): Promise<MachineExit> {
    const pty = this.#openConsole();
    // Reading a pty fails with EIO while no process has its other end open, as between two boots.
    const otherEnd = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY);
    try {
      for (;;) {
        const end = await this.#runLauncher(pty.path);
        if (end.how !== 'reboot' || this.#quitting) return this.#exitOf(end);
        this.emit('reset');
      }
    } finally {
      closeSync(otherEnd);
      // The last output is still in the pty: the stream closes once all of it is read.
      if (!pty.stream.closed) await new Promise((resolve) => pty.stream.once('close', resolve));
      this.#console.close();
    }
  }

  /** The launcher mounts them: nothing can be mounted from a file inside. */
  async prepareUpdate(launch: object): Promise<void> {
    const launcher = this.#launcher;
    if (!launcher) throw new KitError('the container does not run');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onMessage = (message: LauncherMessage): void => {
      if (message.kind !== 'prepared') return;
      if (message.failure === '') resolve();
      else reject(new KitError(message.failure));
    };
    const onExit = (): void => reject(new KitError('the container has ended'));
    launcher.on('message', onMessage).once('exit', onExit);
    try {
      launcher.send({ kind: 'prepare', launch: launch as ContainerLaunch } satisfies LauncherOrder);
      await promise;
    } finally {
      launcher.off('message', onMessage).off('exit', onExit);
    }
  }

  /** The next launcher reads the launch from its file; this process needs but a few values of it. */
  nextBoot(launch: object): void {
    this.#launch = launch as ContainerLaunch;
  }

  connectControl(): Socket {
    return connect(join('/proc', String(this.#pid), 'root', guestPaths.controlSocket));
  }

  input(bytes: Uint8Array): void {
    this.#pty?.stream.write(bytes);
  }

  async powerButton(): Promise<void> {
    // init powers off on SIGUSR2 (init/end-requests.ts).
    if (this.#pid > 0) process.kill(this.#pid, 'SIGUSR2');
  }

  async ctrlAltDel(): Promise<void> {
    // The signal that the kernel sends to PID 1 for Ctrl-Alt-Del (reboot(2), RB_DISABLE_CAD).
    if (this.#pid > 0) process.kill(this.#pid, 'SIGINT');
  }

  /** Does nothing: this matters only after a kernel panic, and a container has no kernel of its own. */
  booted(): void {}

  async quit(): Promise<void> {
    this.#quitting = true;
    // The launcher kills PID 1, and with it the kernel ends the whole PID namespace.
    this.#launcher?.kill('SIGTERM');
  }

  #openConsole(): Pty {
    const pty = openPty(terminalSize);
    this.#pty = pty;
    pty.stream.on('error', () => pty.stream.destroy());
    pty.stream.on('data', (bytes: Buffer) => {
      this.#console.write(bytes);
      this.emit('output', bytes);
    });
    return pty;
  }

  /** One boot, to its end. */
  async #runLauncher(terminal: string): Promise<LauncherEnd> {
    const launcher = this.#spawnLauncher(terminal);
    this.#launcher = launcher;
    let end: LauncherEnd | undefined;
    launcher.on('message', (message: LauncherMessage) => {
      if (message.kind === 'notice') this.emit('notice', message.text);
      if (message.kind === 'ended') end = message;
      if (message.kind === 'started') {
        this.#pid = message.pid;
        this.#processes = [message.pid, ...message.helpers].flatMap((pid) => processId(pid) ?? []);
        this.emit('started', message.pid, 'none');
      }
    });
    const closed = once(launcher, 'close').then(
      ([code, signal]) => `its launcher ended ${endedHow(code, signal)}`,
      reasonOf,
    );
    // A helper of unshare(1) outlives it, if unshare is ended before its namespaces are made: it waits for
    // them for ever, and "close" would wait for it.
    launcher.once('exit', () => signalProcess(-(launcher.pid ?? 0), 'SIGKILL'));
    const reason = await closed;
    this.#pid = 0;
    // The launcher ends them itself, unless it was killed.
    for (const process of this.#processes) signalTo(process, 'SIGKILL');
    await untilGone(this.#processes);
    return end ?? { kind: 'ended', how: 'failed', reason };
  }

  #spawnLauncher(terminal: string): ChildProcess {
    const log = openSync(join(this.#dir, containerFiles.log), 'a', 0o600);
    const { unshare, ids, scope } = this.#launch;
    const node = [process.execPath, ...nodeProgram('build/container/launcher-main.ts')];
    const inside = [...unshare.args, ...launcherNamespaces(ids), ...node, this.#dir, terminal];
    const [file = '', ...args] = [...scope, unshare.file, ...inside];
    const launcher = spawnProgram(file, args, {
      env: scope.length === 0 ? unshare.env : { ...unshare.env, ...scopeEnvironment(process.env) },
      stdio: ['ignore', log, log, 'ipc'],
      // In a process group of its own, which ends with it.
      detached: true,
    });
    closeSync(log);
    return launcher;
  }

  #exitOf({ how, reason }: LauncherEnd): MachineExit {
    if (this.#quitting) return { state: 'stopped', reason: 'ended without a power-off' };
    const { failedTask } = this.#console;
    if (failedTask !== undefined) return { state: 'failed', reason: `${failedTask} failed` };
    if (how === 'poweroff') return { state: 'stopped', reason: 'powered off' };
    return { state: 'failed', reason: [reason, ...launcherLogTail(this.#dir)].join('\n') };
  }
}

/**
 * Until then, the ports that they publish are taken, and a machine that replaces this one cannot have them.
 */
async function untilGone(processes: readonly ProcessId[]): Promise<void> {
  for (let waitedMs = 0; waitedMs < goneMs && processes.some(isAlive); waitedMs += pollMs)
    await pause(pollMs);
}

/** The variables by which systemd-run(1) finds the user's systemd. */
function scopeEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}

/**
 * The last three lines of container.log, without pasta's message about AVX2, which it prints at every start.
 */
function launcherLogTail(dir: string): string[] {
  const lines = readFileSync(join(dir, containerFiles.log), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.includes('AVX2')).slice(-3);
}
