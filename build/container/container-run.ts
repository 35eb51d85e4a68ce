import type { ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import { endedHow, spawnProgram } from '../../lib/linux/process/spawn.ts';
import { openPty, type Pty } from '../../lib/linux/terminal/pty.ts';
import { ConsoleLog } from '../backend/console-log.ts';
import type { ContainerLaunch } from '../backend/launch.ts';
import type { Ended, Life, LifeEvents } from '../backend/life.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { type ProcessId, processId, signalTo } from '../machine/records/process.ts';
import type { FromLauncher } from './launcher.ts';

/** A terminal of the usual size; a serial console tells nothing of its own. */
const size = { rows: 24, columns: 80 };

const launcherProgram = join(import.meta.dirname, 'launcher-main.ts');

/** One life of a machine that is a container, over as many reboots as it likes. */
export class ContainerRun extends EventEmitter<LifeEvents> implements Life {
  private readonly dir: string;
  private readonly launch: ContainerLaunch;
  private readonly console: ConsoleLog;
  private pty: Pty | undefined;
  /** PID 1 as the host knows it; 0: none. */
  private pid = 0;
  /** What has to be gone when the launcher is. */
  private processes: readonly ProcessId[] = [];
  private launcher: ChildProcess | undefined;
  private quitting = false;

  constructor(dir: string, launch: ContainerLaunch) {
    super();
    this.dir = dir;
    this.launch = launch;
    this.console = new ConsoleLog(join(dir, machineFiles.console));
  }

  async run(): Promise<Ended> {
    const pty = this.openConsole();
    // The near end fails when nobody has the far end open, as between two lives.
    const far = openSync(pty.path, constants.O_RDWR | constants.O_NOCTTY);
    try {
      for (;;) {
        const ended = await this.live(pty.path);
        if (ended !== 'reboot') return ended;
        this.emit('reset');
      }
    } finally {
      closeSync(far);
      // What was written last is still in the terminal: it ends, as the far end has, when all of it is read.
      if (!pty.stream.closed) await new Promise((resolve) => pty.stream.once('close', resolve));
      this.console.close();
    }
  }

  dial(): Socket {
    return connect(join('/proc', String(this.pid), 'root', guestPaths.controlSocket));
  }

  input(bytes: Uint8Array): void {
    this.pty?.stream.write(bytes);
  }

  async powerButton(): Promise<void> {
    // What init takes for a power-off (init/end-requests.ts).
    if (this.pid > 0) process.kill(this.pid, 'SIGUSR2');
  }

  async ctrlAltDel(): Promise<void> {
    if (this.pid > 0) process.kill(this.pid, 'SIGINT');
  }

  /** The kernel is the host's, and will not panic for it. */
  booted(): void {}

  async quit(): Promise<void> {
    this.quitting = true;
    // With PID 1 the kernel ends all that is in its namespace; the launcher clears up and goes.
    this.launcher?.kill('SIGTERM');
  }

  private openConsole(): Pty {
    const pty = openPty(size);
    this.pty = pty;
    pty.stream.on('error', () => pty.stream.destroy());
    pty.stream.on('data', (bytes: Buffer) => {
      this.console.write(bytes);
      this.emit('output', bytes);
    });
    return pty;
  }

  /** From its start to its end, or to where it wants to begin anew. */
  private async live(terminal: string): Promise<Ended | 'reboot'> {
    const log = openSync(join(this.dir, machineFiles.containerLog), 'a', 0o600);
    const { file, args, env } = this.launch.unshare;
    // Mounts made from here on are seen by nobody else, and go when the last process in there goes. Those that the host
    // takes off in the meantime go here too.
    const own = ['--mount', '--propagation', 'slave'];
    const node = [
      process.execPath,
      '--disable-warning=ExperimentalWarning',
      launcherProgram,
      this.dir,
      terminal,
    ];
    const launcher = spawnProgram(file, [...args, ...own, ...node], {
      env,
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.launcher = launcher;
    let last: (FromLauncher & { kind: 'ended' }) | undefined;
    launcher.on('message', (message: FromLauncher) => {
      if (message.kind === 'line') this.emit('line', message.text);
      if (message.kind === 'ended') last = message;
      if (message.kind === 'started') {
        this.pid = message.pid;
        this.processes = [message.pid, ...message.helpers].flatMap((pid) => processId(pid) ?? []);
        this.emit('started', message.pid, 'none');
      }
    });
    const end = await once(launcher, 'close').then(
      ([code, signal]) => `its launcher ended ${endedHow(code, signal)}`,
      reasonOf,
    );
    this.pid = 0;
    // It ends them itself, unless somebody has ended it.
    for (const process of this.processes) signalTo(process, 'SIGKILL');
    return this.describe(last ?? { kind: 'ended', how: 'failed', reason: end });
  }

  private describe({ how, reason }: FromLauncher & { kind: 'ended' }): Ended | 'reboot' {
    if (this.quitting) return { state: 'stopped', reason: 'ended without a power-off' };
    if (how === 'reboot') return 'reboot';
    if (how === 'poweroff') return { state: 'stopped', reason: 'powered off' };
    return { state: 'failed', reason: [reason, ...lastWords(this.dir)].join('\n') };
  }
}

/** What the programs around it said last, without what pasta says at every start. */
function lastWords(dir: string): string[] {
  const lines = readFileSync(join(dir, machineFiles.containerLog), 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.includes('AVX2')).slice(-3);
}
