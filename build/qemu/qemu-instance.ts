import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { reasonOf } from '../../lib/errors/errors.ts';
import { ConsoleLog } from '../backend/console-log.ts';
import type { Instance, InstanceEvents, MachineExit } from '../backend/instance.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles, socketPath } from '../machine/records/folder.ts';
import type { MachineRecord } from '../machine/records/record.ts';
import type { ProcessExit } from './bound/start-bound.ts';
import { qemuFiles } from './files.ts';
import type { QemuLaunch } from './launch.ts';
import type { QmpEvent } from './qmp.ts';
import { type StartedShares, startShares } from './share/start-shares.ts';
import { type Qemu, qemuLogTail, startQemu } from './start-qemu.ts';
import { startTpm, type Tpm } from './tpm/start-tpm.ts';

/** Milliseconds; tests choose shorter ones. */
export interface InstanceTimes {
  /** A kernel prints its first line within a second of real time where KVM works. */
  readonly firstOutputMs: number;
  /** A panicked kernel prints its stack. After this time without output it is considered hung. */
  readonly panicMs: number;
  /** With panic=N the kernel announces a reset in N seconds; an emulated one on a busy host takes longer. */
  readonly resetMs: number;
}

const usualTimes: InstanceTimes = { firstOutputMs: 10_000, panicMs: 4000, resetMs: 60_000 };

/** QEMU has this long to act on the command `quit` before it is killed. */
const quitMs = 2000;

/**
 * One run of a virtual machine. QEMU starts again if KVM gives no sign of life, and at a reset of a machine
 * that has another image for its next boot.
 */
export class QemuInstance extends EventEmitter<InstanceEvents> implements Instance {
  readonly #machine: Machine;
  #launch: QemuLaunch;
  readonly #times: InstanceTimes;
  readonly #console: ConsoleLog;
  #qemu: Qemu | undefined;
  #lastShutdown: string | undefined;
  #accel: MachineRecord['accel'] = 'none';
  /** Ends a machine that has panicked and does not reboot in time. */
  #panicTimer: NodeJS.Timeout | undefined;
  /** This boot succeeded: the guest's control service has answered. */
  #booted = false;
  #quitting = false;
  /** QEMU takes commands. */
  #isReady = false;
  /** The guest has reset itself, and QEMU starts anew with another image. */
  #startsAnew = false;
  #hasNextBoot = false;
  /** quit() came before that, when it can only kill QEMU. */
  #quitEarly = false;

  constructor(machine: Machine, launch: QemuLaunch, times: InstanceTimes = usualTimes) {
    super();
    this.#machine = machine;
    this.#launch = launch;
    this.#times = times;
    this.#console = new ConsoleLog(join(machine.dir, machineFiles.console));
  }

  async run(): Promise<MachineExit> {
    let exit = await this.#runQemu(this.#launch.command, this.#machine.record.accel);
    // Killed by the watchdog, or QEMU could not open /dev/kvm.
    const hadNoOutput = !this.#console.hasOutput && exit.code !== 0 && exit.neverRan === undefined;
    if (hadNoOutput && this.#launch.fallback && !this.#quitting) {
      this.emit('notice', 'KVM gave no sign of life: emulating the processor instead, which is slower');
      exit = await this.#runQemu(this.#launch.fallback, 'tcg');
    }
    while (this.#startsAnew && !this.#quitting) {
      [this.#startsAnew, this.#hasNextBoot, this.#isReady] = [false, false, false];
      this.#lastShutdown = undefined;
      exit = await this.#runQemu(...this.#usedCommand());
    }
    clearTimeout(this.#panicTimer);
    this.#console.close();
    return this.#exitOf(exit);
  }

  /** Nothing: a machine is sent what it lacks. */
  async prepareUpdate(): Promise<void> {}

  /** QEMU has read the files of this boot, and would give them to the next one. */
  nextBoot(launch: object): void {
    this.#launch = launch as QemuLaunch;
    this.#hasNextBoot = true;
  }

  /** As the machine runs now: with KVM, or without. */
  #usedCommand(): [QemuLaunch['command'], MachineRecord['accel']] {
    const { command, fallback } = this.#launch;
    return this.#accel === 'tcg' && fallback ? [fallback, 'tcg'] : [command, this.#accel];
  }

  connectControl(): Socket {
    const { path, close } = socketPath(this.#machine.dir, qemuFiles.port);
    return connect(path).once('close', close);
  }

  booted(): void {
    this.#booted = true;
  }

  input(bytes: Uint8Array): void {
    this.#qemu?.console.write(bytes);
  }

  async powerButton(): Promise<void> {
    await this.#qemu?.qmp.execute('system_powerdown');
  }

  async ctrlAltDel(): Promise<void> {
    const keys = ['ctrl', 'alt', 'delete'].map((data) => ({ type: 'qcode', data }));
    await this.#qemu?.qmp.execute('send-key', { keys });
  }

  async quit(): Promise<void> {
    const qemu = this.#qemu;
    this.#quitting = true;
    this.#quitEarly ||= !this.#isReady;
    if (!qemu) return;
    const timer = setTimeout(() => qemu.kill(), quitMs);
    void qemu.exited.then(() => clearTimeout(timer));
    await qemu.qmp.execute('quit').catch(() => qemu.kill());
  }

  /** QEMU with the programs that serve its folders, and its TPM. */
  async #runQemu(command: QemuLaunch['command'], accel: MachineRecord['accel']): Promise<ProcessExit> {
    const { shares: wanted, tpm: tpmLaunch } = this.#launch;
    if (wanted.length === 0 && !tpmLaunch) return this.#runAlone(command, accel);
    const { dir } = this.#machine;
    let shares: StartedShares | undefined;
    let tpm: Tpm | undefined;
    try {
      shares = await startShares(wanted, dir, (text) => this.emit('notice', text));
      tpm = tpmLaunch && (await startTpm(tpmLaunch, dir));
      if (this.#quitting) return { code: null, signal: 'SIGKILL' };
      return await this.#runAlone({ ...command, args: [...command.args, ...shares.args] }, accel, tpm);
    } catch (thrown) {
      return { code: null, signal: null, neverRan: reasonOf(thrown) };
    } finally {
      shares?.stop();
      // Two must not have the same state: the next run may begin when this one has ended.
      await tpm?.end();
    }
  }

  async #runAlone(
    command: QemuLaunch['command'],
    accel: MachineRecord['accel'],
    tpm?: Tpm,
  ): Promise<ProcessExit> {
    const qemu = startQemu(command, this.#machine.dir, tpm?.socket);
    this.#qemu = qemu;
    this.#accel = accel;
    qemu.console.on('data', (bytes: Buffer) => this.#onOutput(bytes));
    qemu.qmp.on('event', (event) => this.#onEvent(qemu, event));
    const watchdog = accel === 'kvm' && this.#launch.fallback ? this.#watchFirstOutput(qemu) : undefined;
    this.#startProcessors(qemu, accel).catch(() => {});
    const exit = await qemu.exited;
    clearTimeout(watchdog);
    // The guest's last output may still be in the socket.
    if (!qemu.console.closed) await once(qemu.console, 'close');
    return exit;
  }

  /** QEMU starts with stopped processors, so that no output and no event comes before the listeners. */
  async #startProcessors(qemu: Qemu, accel: MachineRecord['accel']): Promise<void> {
    await qemu.qmp.ready;
    this.#isReady = true;
    this.emit('started', qemu.pid, accel);
    await qemu.qmp.execute('cont');
  }

  #watchFirstOutput(qemu: Qemu): NodeJS.Timeout {
    return setTimeout(() => {
      if (!this.#console.hasOutput) qemu.kill();
    }, this.#times.firstOutputMs);
  }

  #onOutput(bytes: Buffer): void {
    this.#console.write(bytes);
    this.emit('output', bytes);
    const { panic, rebootS } = this.#console;
    if (panic === undefined) return;
    // A kernel without panic=N hangs, and one that panics before it is up would do so after each reboot.
    const reboots = this.#booted && rebootS !== undefined;
    this.#quitAfter(reboots ? rebootS * 1000 + this.#times.resetMs : this.#times.panicMs);
  }

  /** Counted from the last output. */
  #quitAfter(ms: number): void {
    clearTimeout(this.#panicTimer);
    this.#panicTimer = setTimeout(() => void this.quit(), ms);
  }

  #onEvent(qemu: Qemu, { event, data }: QmpEvent): void {
    if (event === 'WATCHDOG') this.emit('notice', 'The watchdog resets the machine');
    if (event !== 'SHUTDOWN') return;
    const reason = String(data?.reason ?? '');
    if (reason === 'guest-reset') return void this.#onGuestReset(qemu).catch(() => {});
    this.#lastShutdown ??= reason;
    // QEMU has stopped and waits for this command. No time limit: it may have much to write to its disks.
    if (data?.guest === true) qemu.qmp.execute('quit').catch(() => {});
  }

  /** Lets the stopped QEMU reset the guest. Rejects when QEMU exits meanwhile. */
  async #onGuestReset(qemu: Qemu): Promise<void> {
    // This turn of the event loop may have read the console before it read QMP; the next one reads all that
    // is left.
    await nextTurn();
    await nextTurn();
    const { panic } = this.#console;
    if (panic !== undefined && !this.#booted) return this.quit();
    if (panic !== undefined) this.emit('notice', `Kernel panic: ${panic}; the machine boots again`);
    clearTimeout(this.#panicTimer);
    this.#panicTimer = undefined;
    this.#console.forgetPanic();
    this.#booted = false;
    this.emit('reset');
    if (!this.#hasNextBoot) return qemu.reset();
    this.#startsAnew = true;
    await qemu.qmp.execute('quit').catch(() => qemu.kill());
  }

  #exitOf({ code, signal, neverRan }: ProcessExit): MachineExit {
    if (neverRan !== undefined) return { state: 'failed', reason: neverRan };
    const { panic, failedTask } = this.#console;
    if (panic !== undefined) return { state: 'failed', reason: `kernel panic: ${panic}` };
    if (signal && this.#quitEarly) return { state: 'stopped', reason: 'ended without a power-off' };
    if (signal) return { state: 'failed', reason: `QEMU was ended by ${signal}` };
    if (code !== 0) {
      const reason = `QEMU failed with status ${code}: ${qemuLogTail(this.#machine.dir)}`;
      return { state: 'failed', reason };
    }
    if (failedTask !== undefined) return { state: 'failed', reason: `${failedTask} failed` };
    if (this.#lastShutdown === 'guest-shutdown') return { state: 'stopped', reason: 'powered off' };
    return { state: 'stopped', reason: 'ended without a power-off' };
  }
}
