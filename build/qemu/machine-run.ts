import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { ConsoleLog } from '../backend/console-log.ts';
import type { QemuLaunch } from '../backend/launch.ts';
import type { Ended, Life, LifeEvents } from '../backend/life.ts';
import { machineFiles, socketPath } from '../machine/records/folder.ts';
import type { MachineRecord } from '../machine/records/record.ts';
import type { QmpEvent } from './qmp.ts';
import { type Exit, type Qemu, qemuSaid, startQemu } from './start-qemu.ts';

/** Milliseconds; tests choose shorter ones. */
export interface RunTimes {
  /** A kernel says its first word within a second of real time where KVM works. */
  readonly firstWordMs: number;
  /** After a panic the kernel prints its stack: how long nothing may come of it before it counts as hanging. */
  readonly panicMs: number;
  /** With panic=N it says that it resets the machine in N seconds, which takes an emulated one longer on a busy host. */
  readonly resetMs: number;
}

const usualTimes: RunTimes = { firstWordMs: 10_000, panicMs: 4000, resetMs: 60_000 };

/**
 * One life of a machine: from the start of QEMU to its end, with at most one change from KVM to emulation.
 */
export class MachineRun extends EventEmitter<LifeEvents> implements Life {
  private readonly dir: string;
  private readonly launch: QemuLaunch;
  private readonly times: RunTimes;
  private readonly console: ConsoleLog;
  private qemu: Qemu | undefined;
  private lastShutdown: string | undefined;
  /** It has panicked, and is ended when it does not boot again by then. */
  private panic: NodeJS.Timeout | undefined;
  /** The services of this boot have answered. */
  private up = false;
  private quitting = false;

  constructor(dir: string, launch: QemuLaunch, times: RunTimes = usualTimes) {
    super();
    this.dir = dir;
    this.launch = launch;
    this.times = times;
    this.console = new ConsoleLog(join(dir, machineFiles.console));
  }

  /** Resolves when the machine has ended for good. */
  async run(accel: MachineRecord['accel']): Promise<Ended> {
    let exit = await this.live(this.launch.command, accel);
    // Killed by the watchdog, or QEMU could not even open /dev/kvm.
    const dead = !this.console.alive && exit.code !== 0;
    if (dead && this.launch.fallback && !this.quitting) {
      this.emit('line', 'KVM gave no sign of life: emulating the processor instead, which is slower');
      exit = await this.live(this.launch.fallback, 'tcg');
    }
    clearTimeout(this.panic);
    this.console.close();
    return this.describe(exit);
  }

  /** To QEMU's end of the guest's virtio-serial port, which takes one connection. */
  dial(): Socket {
    const { path, close } = socketPath(this.dir, machineFiles.port);
    const socket = connect(path);
    return socket.once('close', close);
  }

  booted(): void {
    this.up = true;
  }

  input(bytes: Uint8Array): void {
    this.qemu?.console.write(bytes);
  }

  /** The ACPI power button. */
  async powerButton(): Promise<void> {
    await this.qemu?.qmp.execute('system_powerdown');
  }

  async ctrlAltDel(): Promise<void> {
    const keys = ['ctrl', 'alt', 'delete'].map((data) => ({ type: 'qcode', data }));
    await this.qemu?.qmp.execute('send-key', { keys });
  }

  /** Ends QEMU; by force if it does not take the command. */
  async quit(): Promise<void> {
    const { qemu } = this;
    this.quitting = true;
    if (!qemu) return;
    const timer = setTimeout(() => qemu.kill(), 2000);
    void qemu.exited.then(() => clearTimeout(timer));
    await qemu.qmp.execute('quit').catch(() => qemu.kill());
  }

  private async live(command: QemuLaunch['command'], accel: MachineRecord['accel']): Promise<Exit> {
    const qemu = startQemu(command, this.dir);
    this.qemu = qemu;
    qemu.console.on('data', (bytes: Buffer) => this.heard(bytes));
    qemu.qmp.on('event', (event) => this.happened(qemu, event));
    const watchdog = accel === 'kvm' && this.launch.fallback ? this.watch(qemu) : undefined;
    this.begin(qemu, accel).catch(() => {});
    const exit = await qemu.exited;
    clearTimeout(watchdog);
    // What the guest last wrote may still be in the socket.
    if (!qemu.console.closed) await once(qemu.console, 'close');
    return exit;
  }

  /** Lets the processors run, which -S has kept from running until somebody listens. */
  private async begin(qemu: Qemu, accel: MachineRecord['accel']): Promise<void> {
    await qemu.qmp.ready;
    this.emit('started', qemu.pid, accel);
    await qemu.qmp.execute('cont');
  }

  private watch(qemu: Qemu): NodeJS.Timeout {
    return setTimeout(() => {
      if (!this.console.alive) qemu.kill();
    }, this.times.firstWordMs);
  }

  private heard(bytes: Buffer): void {
    this.console.write(bytes);
    this.emit('output', bytes);
    const { panic, rebootS } = this.console;
    if (panic === undefined) return;
    // A kernel without panic=N hangs, and one that never comes up would panic for ever.
    const boots = this.up && rebootS !== undefined;
    this.endWithin(boots ? rebootS * 1000 + this.times.resetMs : this.times.panicMs);
  }

  /** Counted from the last word. */
  private endWithin(ms: number): void {
    clearTimeout(this.panic);
    this.panic = setTimeout(() => void this.quit(), ms);
  }

  private happened(qemu: Qemu, { event, data }: QmpEvent): void {
    if (event !== 'SHUTDOWN') return;
    const reason = String(data?.reason ?? '');
    if (reason === 'guest-reset') return void this.guestReset(qemu).catch(() => {});
    this.lastShutdown ??= reason;
    // QEMU waits for us where the guest did it; it is not hurried, as it may have to write much to its disks.
    if (data?.guest === true) qemu.qmp.execute('quit').catch(() => {});
  }

  /** The guest has reset itself, and waits for us. Rejects when QEMU goes meanwhile. */
  private async guestReset(qemu: Qemu): Promise<void> {
    // One turn of the event loop may be half over; the next one reads all that is in the console's socket.
    await turn();
    await turn();
    if (this.console.panic !== undefined && !this.up) return this.quit();
    if (this.console.panic !== undefined)
      this.emit('line', `Kernel panic: ${this.console.panic}; the machine boots again`);
    clearTimeout(this.panic);
    this.panic = undefined;
    this.console.forgetPanic();
    this.up = false;
    this.emit('reset');
    await qemu.reset();
  }

  private describe({ code, signal, neverRan }: Exit): Ended {
    if (neverRan !== undefined) return { state: 'failed', reason: neverRan };
    if (this.console.panic !== undefined)
      return { state: 'failed', reason: `kernel panic: ${this.console.panic}` };
    if (signal) return { state: 'failed', reason: `QEMU was ended by ${signal}` };
    if (code !== 0)
      return { state: 'failed', reason: `QEMU failed with status ${code}: ${qemuSaid(this.dir)}` };
    if (this.lastShutdown === 'guest-shutdown') return { state: 'stopped', reason: 'powered off' };
    return { state: 'stopped', reason: 'ended without a power-off' };
  }
}
