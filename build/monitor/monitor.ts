import type { Http2Server } from 'node:http2';
import { setTimeout as pause } from 'node:timers/promises';
import type { FromMonitor, Launch, ToMonitor } from '../backend/launch.ts';
import type { Ended, Life } from '../backend/life.ts';
import { ContainerRun } from '../container/container-run.ts';
import { MachineClient, monitorMethods } from '../machine/client/client.ts';
import { powerOff } from '../machine/client/power-off.ts';
import { removeSockets } from '../machine/records/find.ts';
import { machineFiles, socketPath } from '../machine/records/folder.ts';
import { ownProcess, processId } from '../machine/records/process.ts';
import { type MachineRecord, writeRecord } from '../machine/records/record.ts';
import { MachineRun } from '../qemu/machine-run.ts';
import { GuestLink } from './guest-link.ts';
import { controlProxy } from './proxy.ts';

/** How long a guest may take to power off when the monitor itself is told to end. */
const stopMs = 90_000;

/**
 * Owns a machine: runs QEMU or a container, keeps the console's log and the record, holds the one connection to the guest's
 * control port, and serves it to every other kit. `send` tells the command that started it; that may be gone.
 */
export class Monitor {
  private readonly dir: string;
  private readonly send: (message: FromMonitor) => void;
  private readonly machine: Life;
  private readonly link: GuestLink;
  private readonly server: Http2Server;
  private readonly closers: (() => void)[] = [];
  private record: MachineRecord;
  private writing: Promise<void> = Promise.resolve();
  private starting: Promise<void> = Promise.resolve();
  private stopping: Promise<void> | undefined;
  private ended: Promise<Ended> | undefined;

  constructor(dir: string, record: MachineRecord, launch: Launch, send: (message: FromMonitor) => void) {
    this.dir = dir;
    this.send = send;
    this.record = { ...record, owner: ownProcess() };
    this.machine = launch.kind === 'qemu' ? new MachineRun(dir, launch) : new ContainerRun(dir, launch);
    this.link = new GuestLink(() => this.machine.dial());
    this.server = controlProxy(this.link, {
      [monitorMethods.powerButton]: () => this.machine.powerButton(),
      [monitorMethods.ctrlAltDel]: () => this.machine.ctrlAltDel(),
      [monitorMethods.quit]: () => this.machine.quit(),
    });
  }

  /**
   * Resolves, to what is to be said last, when the machine has ended and nothing of it is left but its
   * folder.
   */
  async run(): Promise<FromMonitor> {
    await this.update({});
    this.listen();
    this.ended = this.machine.run(this.record.accel);
    const { state, reason } = await this.ended;
    // A guest may be quicker than we are to make our socket.
    await this.starting;
    this.link.close();
    this.server.close();
    for (const close of this.closers) close();
    await removeSockets(this.dir);
    await this.update({ state, reason, guest: null, endedMs: Date.now() });
    if (this.record.startedMs === null) return { kind: 'failed', message: reason };
    return { kind: 'ended', state, reason };
  }

  /** What the command that started the machine wants. */
  obey(message: ToMonitor): void {
    if (message.kind === 'input') this.machine.input(message.bytes);
    if (message.kind === 'stop') this.stop();
    if (message.kind === 'quit') void this.machine.quit();
  }

  /** Ends the machine in good order. */
  stop(): void {
    this.stopping ??= this.powerOff();
  }

  private async powerOff(): Promise<void> {
    using client = new MachineClient(this.dir);
    const off = await powerOff({
      client,
      gone: async (ms) => Promise.race([this.ended?.then(() => true) ?? true, pause(ms, false)]),
      say: (text) => this.send({ kind: 'line', text }),
      timeoutMs: stopMs,
    });
    if (!off) await this.machine.quit();
  }

  private listen(): void {
    this.machine.on('output', (bytes) => this.send({ kind: 'output', bytes }));
    this.machine.on('line', (text) => this.send({ kind: 'line', text }));
    this.machine.on('reset', () => this.link.reset());
    this.machine.on('started', (pid, accel) => {
      this.starting = this.started(pid, accel);
    });
    this.link.on('session', () => {
      this.machine.booted();
      void this.update({ state: 'running' });
    });
  }

  private async started(pid: number, accel: MachineRecord['accel']): Promise<void> {
    const first = this.record.startedMs === null;
    await this.update({
      guest: processId(pid) ?? null,
      accel,
      startedMs: this.record.startedMs ?? Date.now(),
    });
    if (!first) return this.link.reset();
    await new Promise<void>((resolve) => this.server.listen(this.socket(machineFiles.control), resolve));
    void this.link.run();
    this.send({ kind: 'started' });
  }

  /** One write after the other, so that the file never goes back in time. */
  private update(change: Partial<MachineRecord>): Promise<void> {
    this.record = { ...this.record, ...change };
    const { record } = this;
    this.writing = this.writing.then(() => writeRecord(this.dir, record));
    return this.writing;
  }

  /** The way to a socket in the machine's folder, good for as long as the monitor runs. */
  private socket(file: string): string {
    const { path, close } = socketPath(this.dir, file);
    this.closers.push(close);
    return path;
  }
}
