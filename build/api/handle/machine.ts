import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServiceRow, serviceRow } from '../../machine/client/services.ts';
import { type MachineRow, machineRow } from '../../machine/lifecycle/machine-row.ts';
import { rebootMachine } from '../../machine/lifecycle/reboot.ts';
import { type IncidentRow, incidentRow } from '../../machine/logs/incidents.ts';
import { machineFiles } from '../../machine/records/folder.ts';
import { type CopyOptions, type CopyResult, copyWith } from './copy.ts';
import { type ExecOptions, type ExecResult, execIn } from './exec.ts';
import { consoleTailText, type MachinePlace, machineError } from './failure.ts';
import { type Forward, type ForwardOptions, openForward } from './forwards.ts';
import { GuestCalls } from './guest-calls.ts';
import { Logs, type MachineLogs } from './logs.ts';
import { cutPowerOf, endMachine, powerOffMachine, waitUntilReady } from './power.ts';
import type { Lifeline } from './runner.ts';
import { controlService } from './service-control.ts';
import { signalOf, type WaitOptions } from './wait-options.ts';

export type { IncidentRow } from '../../machine/logs/incidents.ts';
export type { MachineRow, ServiceRow };

/** How long a boot may take. */
const usualBootMs = 300_000;

/**
 * A machine of a test. It ends with the scope of its `await using`, and with this process, even if that is
 * killed. Every failure is a `MachineError` with the end of the machine's console; an aborted signal rejects
 * with its own reason.
 */
export class TestMachine implements AsyncDisposable, MachinePlace {
  /** As in `kit ps`; also its hostname, unless its image or its metadata says otherwise. */
  readonly name: string;
  /** The folder with its console and its disks. It is removed in the end. */
  readonly dir: string;
  readonly logs: MachineLogs;
  readonly #logs: Logs;
  readonly #guest: GuestCalls;
  readonly #startAgain: (signal: AbortSignal) => Promise<Lifeline>;
  readonly #forwards = new Set<Forward>();
  #lifeline: Lifeline;

  /** `bootMachine` makes it. */
  constructor(
    place: MachinePlace,
    lifeline: Lifeline,
    startAgain: (signal: AbortSignal) => Promise<Lifeline>,
  ) {
    this.name = place.name;
    this.dir = place.dir;
    this.#logs = new Logs(place);
    this.logs = this.#logs;
    this.#guest = new GuestCalls(place);
    this.#lifeline = lifeline;
    this.#startAgain = startAgain;
  }

  /** Runs a program to its end. A status other than 0 is no error. */
  async exec(program: string, args: readonly string[] = [], options: ExecOptions = {}): Promise<ExecResult> {
    const where = options.service === undefined ? '' : ` in service "${options.service}"`;
    return this.#guest.call(`Cannot run "${program}"${where}`, options.signal, (client) =>
      execIn(client, [program, ...args], options),
    );
  }

  /** Copies a file or folder of this host into the machine, by the rules of docker cp. */
  async copyIn(from: string, to: string, options: CopyOptions = {}): Promise<CopyResult> {
    return this.#guest.call(`Cannot copy "${from}" to "${to}"`, options.signal, (client) =>
      copyWith(client, 'upload', { host: from, machine: to }, options),
    );
  }

  /** Copies a file or folder of the machine to this host, by the rules of docker cp. */
  async copyOut(from: string, to: string, options: CopyOptions = {}): Promise<CopyResult> {
    return this.#guest.call(`Cannot copy "${from}" to "${to}"`, options.signal, (client) =>
      copyWith(client, 'download', { host: to, machine: from }, options),
    );
  }

  /**
   * Opens a port of this host that leads to a port of a service, or of the machine itself for an empty name.
   * It works without `publish` and in any network, and also after a reboot; it closes with the machine's
   * scope.
   */
  async forward(service: string, port: number, options: ForwardOptions = {}): Promise<Forward> {
    if (service !== '') await this.service(service);
    const forward = await this.#guest.explain(() => openForward(this.dir, service, port, options));
    this.#forwards.add(forward);
    return forward;
  }

  /** Its state and its services. */
  async status(): Promise<MachineRow> {
    return machineRow(await this.#guest.machine());
  }

  /** Its services, and the containers of onboot and onshutdown. */
  async services(options: Pick<WaitOptions, 'signal'> = {}): Promise<readonly ServiceRow[]> {
    return this.#guest.call('Cannot ask for the services', options.signal, async (client) =>
      (await client.status()).services.map(serviceRow),
    );
  }

  /** One of them. */
  async service(name: string): Promise<ServiceRow> {
    const all = await this.services();
    const found = all.find((service) => service.name === name);
    if (found) return found;
    const names = all.map((service) => service.name).join(', ');
    throw await machineError(
      `Cannot find service "${name}" in machine "${this.name}": it has ${names}`,
      this,
    );
  }

  /**
   * Recorded failures of a service, or of all, oldest first; those of earlier boots too if /var is a disk.
   */
  async incidents(service = ''): Promise<readonly IncidentRow[]> {
    return this.#guest.call('Cannot ask for the incidents', undefined, async (client) => {
      const { incidents, bootId } = await client.incidents(service);
      return incidents.map((incident) => incidentRow(incident, bootId));
    });
  }

  /**
   * Stops a service and starts it again, and resolves when it is ready; without a service, reboots the
   * machine.
   */
  async restart(service?: string, options: WaitOptions = {}): Promise<void> {
    if (service === undefined) return this.reboot(options);
    await controlService(this.#guest, 'restartService', service, this.#logs, options);
  }

  /** Reboots the machine in order, and resolves when its services are ready again. */
  async reboot(options: WaitOptions = {}): Promise<void> {
    const { timeoutMs = usualBootMs } = options;
    const signal = signalOf(options);
    await this.#guest.explain(
      async () => rebootMachine(await this.#guest.machine(), { wait: 'ready', timeoutMs, signal }),
      options.signal,
    );
  }

  /** Powers the machine off in order, or stops one service. */
  async stop(service?: string, options: WaitOptions = {}): Promise<void> {
    if (service !== undefined)
      return controlService(this.#guest, 'stopService', service, this.#logs, options);
    await this.#guest.explain(() => powerOffMachine(this, options.timeoutMs), options.signal);
  }

  /**
   * Cuts the power: the machine ends at once, without a chance to write anything. `start` boots it again with
   * what its disks then hold.
   */
  async cutPower(): Promise<void> {
    await this.#guest.explain(() => cutPowerOf(this));
  }

  /**
   * Boots a machine that is off, with the same disks, metadata and published ports, and resolves when its
   * services are ready; or starts one service that was stopped, and resolves when it is ready.
   */
  async start(service?: string, options: WaitOptions = {}): Promise<void> {
    if (service !== undefined)
      return controlService(this.#guest, 'startService', service, this.#logs, options);
    const signal = signalOf(options);
    await this.#guest.explain(async () => {
      const lifeline = await this.#startAgain(signal);
      this.#lifeline.destroy();
      this.#lifeline = lifeline;
      await waitUntilReady(this, options.timeoutMs ?? usualBootMs, signal);
    }, options.signal);
  }

  /** Resolves when all services are ready; for machines booted with `wait: 'started'`. */
  async ready(options: WaitOptions = {}): Promise<void> {
    await this.#guest.explain(
      () => waitUntilReady(this, options.timeoutMs ?? usualBootMs, signalOf(options)),
      options.signal,
    );
  }

  /**
   * Asks again and again until `check` accepts the answer, which it then resolves to.
   * @param what completes "still not …" @param options timeoutMs: default 60 000
   */
  async until<T>(
    what: string,
    ask: () => Promise<T>,
    check: (answer: T) => boolean,
    options: WaitOptions = {},
  ): Promise<T> {
    return this.#guest.until(what, ask, check, options);
  }

  /** All that the machine has printed on its console, as text. */
  async console(): Promise<string> {
    return readFile(join(this.dir, machineFiles.console), 'utf8').catch(() => '');
  }

  /**
   * Runs a part of a test. What it throws, a failed assertion too, gets the end of the console added to its
   * message.
   */
  async explain<T>(part: () => T | Promise<T>): Promise<T> {
    try {
      return await part();
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.message.includes(`The console of machine "${this.name}"`))
        throw thrown;
      const { message, stack } = thrown;
      thrown.message = await this.describe(message);
      // Runners print the stack, which begins with the message.
      if (stack !== undefined) thrown.stack = stack.replace(message, () => thrown.message);
      throw thrown;
    }
  }

  /** A message with the end of the console below it, for an assertion. */
  async describe(message: string): Promise<string> {
    return `${message}\n${await consoleTailText(this)}`;
  }

  /** Ends the machine at once if it still runs, and removes its folder. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#forwards].map((forward) => forward[Symbol.asyncDispose]()));
    await endMachine(this);
    this.#lifeline.destroy();
    await rm(this.dir, { recursive: true, force: true });
  }
}
