import type { Http2Server } from 'node:http2';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instance, MachineExit } from '../backend/instance.ts';
import { readNextLaunch, writeLaunch } from '../backend/launch-file.ts';
import { MachineClient, monitorMethods } from '../machine/client/client.ts';
import { powerOff } from '../machine/client/power-off.ts';
import { type Machine, removeSockets } from '../machine/records/find.ts';
import { machineFiles, socketPath } from '../machine/records/folder.ts';
import { ownProcess, processId } from '../machine/records/process.ts';
import { type MachineRecord, writeRecord } from '../machine/records/record.ts';
import { ConsoleServer } from './console-server.ts';
import { controlProxy } from './control-proxy.ts';
import { GuestLink } from './guest-link.ts';
import type { MonitorCommand, MonitorMessage } from './messages.ts';

/** How long a guest may take to power off when the monitor itself is to exit. */
const stopMs = 90_000;

/**
 * Owns a machine: runs its instance, keeps its record, holds the one connection to the guest's control
 * service, and serves that to all other kit processes. `send` reaches the command that started it, which may
 * be gone.
 */
export class Monitor {
  readonly #dir: string;
  readonly #send: (message: MonitorMessage) => void;
  readonly #instance: Instance;
  readonly #link: GuestLink;
  readonly #server: Http2Server;
  readonly #console: ConsoleServer;
  readonly #cleanups: (() => void)[] = [];
  #record: MachineRecord;
  #lastWrite: Promise<void> = Promise.resolve();
  #starting: Promise<void> = Promise.resolve();
  #stopping: Promise<void> | undefined;
  #exit: Promise<MachineExit> | undefined;

  constructor({ dir, record }: Machine, instance: Instance, send: (message: MonitorMessage) => void) {
    this.#dir = dir;
    this.#send = send;
    this.#record = { ...record, owner: ownProcess() };
    this.#instance = instance;
    this.#link = new GuestLink(() => instance.connectControl());
    this.#console = new ConsoleServer(join(dir, machineFiles.console), (bytes) => instance.input(bytes));
    this.#server = controlProxy(this.#link, {
      [monitorMethods.powerButton]: () => instance.powerButton(),
      [monitorMethods.ctrlAltDel]: () => instance.ctrlAltDel(),
      [monitorMethods.quit]: () => instance.quit(),
      [monitorMethods.prepareUpdate]: async () => instance.prepareUpdate((await readNextLaunch(dir)).launch),
      [monitorMethods.commitUpdate]: () => this.#commitUpdate(),
    });
  }

  /** Resolves to the last message when the machine has ended and only its folder is left. */
  async run(): Promise<MonitorMessage> {
    await this.#update({});
    this.#listen();
    this.#exit = this.#instance.run();
    const { state, reason } = await this.#exit;
    // The guest may have ended before our socket was open.
    await this.#starting;
    this.#link.close();
    this.#server.close();
    for (const cleanup of this.#cleanups) cleanup();
    await removeSockets(this.#dir);
    await this.#update({ state, reason, guest: null, endedMs: Date.now() });
    // After the record, which tells viewers why the console has ended.
    await this.#console.close();
    if (this.#record.startedMs === null) return { kind: 'failed', message: reason };
    return { kind: 'ended', state, reason };
  }

  /** First the file, which a monitor that starts the machine once more reads. */
  async #commitUpdate(): Promise<void> {
    const { launch, digest } = await readNextLaunch(this.#dir);
    const { kind, ...next } = launch;
    await writeLaunch(this.#dir, kind, next);
    this.#instance.nextBoot(launch);
    const { member } = this.#record;
    if (!member) return;
    await this.#update({ member: { ...member, settings: { ...member.settings, image: digest } } });
  }

  /** Carries out a command of the process that started the machine. */
  execute(command: MonitorCommand): void {
    if (command.kind === 'input') this.#instance.input(command.bytes);
    if (command.kind === 'stop') this.stop();
    if (command.kind === 'quit') void this.#instance.quit();
  }

  /** Powers the machine off; ends it by force if the guest does not do that. */
  stop(): void {
    this.#stopping ??= this.#powerOff();
  }

  async #powerOff(): Promise<void> {
    using client = new MachineClient(this.#dir);
    const isOff = await powerOff({
      client,
      gone: async (ms) => Promise.race([this.#exit?.then(() => true) ?? true, pause(ms, false)]),
      notify: (text) => this.#send({ kind: 'notice', text }),
      timeoutMs: stopMs,
    });
    if (!isOff) await this.#instance.quit();
  }

  #listen(): void {
    this.#instance.on('output', (bytes) => {
      this.#send({ kind: 'output', bytes });
      this.#console.output(bytes);
    });
    this.#instance.on('notice', (text) => this.#send({ kind: 'notice', text }));
    this.#instance.on('reset', () => this.#link.reset());
    this.#instance.on('started', (pid, accel) => {
      this.#link.emulates(accel === 'tcg');
      this.#starting = this.#onStarted(pid, accel);
    });
    this.#link.on('session', () => {
      this.#instance.booted();
      void this.#update({ state: 'running' });
    });
  }

  async #onStarted(pid: number, accel: MachineRecord['accel']): Promise<void> {
    const isFirst = this.#record.startedMs === null;
    await this.#update({
      guest: processId(pid) ?? null,
      accel,
      startedMs: this.#record.startedMs ?? Date.now(),
    });
    if (!isFirst) return this.#link.reset();
    const [control, console] = [this.#socket(machineFiles.control), this.#socket(machineFiles.consoleSocket)];
    await this.#console.listen(console);
    await new Promise<void>((resolve) => this.#server.listen(control, resolve));
    void this.#link.run();
    this.#send({ kind: 'started' });
  }

  /** The path of one of our sockets, which stays valid until the machine has ended. */
  #socket(file: string): string {
    const { path, close } = socketPath(this.#dir, file);
    this.#cleanups.push(close);
    return path;
  }

  /** Writes happen one after the other, so that the file never returns to an older state. */
  #update(change: Partial<MachineRecord>): Promise<void> {
    this.#record = { ...this.#record, ...change };
    const record = this.#record;
    this.#lastWrite = this.#lastWrite.then(() => writeRecord(this.#dir, record));
    return this.#lastWrite;
  }
}
