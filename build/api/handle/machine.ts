import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentRow, MachineRow, ServiceRow } from '../../machine/client/rows.ts';
import { serviceRow } from '../../machine/client/services.ts';
import { machineRow } from '../../machine/lifecycle/machine-row.ts';
import { rebootMachine } from '../../machine/lifecycle/reboot.ts';
import { incidentRow } from '../../machine/logs/incidents.ts';
import { machineFiles } from '../../machine/records/folder.ts';
import { copyWith } from './copy.ts';
import { execIn } from './exec.ts';
import { consoleTailText, type MachinePlace, machineError } from './failure.ts';
import { openForward } from './forwards.ts';
import { GuestCalls } from './guest-calls.ts';
import { Logs } from './logs.ts';
import { cutPowerOf, endMachine, powerOffMachine, waitUntilReady } from './power.ts';
import type { Lifeline } from './runner.ts';
import { controlService } from './service-control.ts';
import type {
  CopyOptions,
  CopyResult,
  ExecOptions,
  ExecResult,
  Forward,
  ForwardOptions,
} from './types/actions.ts';
import type { MachineLogs } from './types/logs.ts';
import type { TestMachine } from './types/machine.ts';
import type { WaitOptions } from './types/wait.ts';
import { signalOf } from './wait-options.ts';

/** How long a boot may take. */
const usualBootMs = 300_000;

/** The handle of a machine, whose members `TestMachine` describes. */
export class MachineHandle implements TestMachine, MachinePlace {
  readonly name: string;
  readonly dir: string;
  readonly logs: MachineLogs;
  readonly #logs: Logs;
  readonly #guest: GuestCalls;
  readonly #startAgain: (signal: AbortSignal) => Promise<Lifeline>;
  readonly #forwards = new Set<Forward>();
  #lifeline: Lifeline;

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

  async exec(program: string, args: readonly string[] = [], options: ExecOptions = {}): Promise<ExecResult> {
    const where = options.service === undefined ? '' : ` in service "${options.service}"`;
    return this.#guest.call(`Cannot run "${program}"${where}`, options.signal, (client) =>
      execIn(client, [program, ...args], options),
    );
  }

  async copyIn(from: string, to: string, options: CopyOptions = {}): Promise<CopyResult> {
    return this.#guest.call(`Cannot copy "${from}" to "${to}"`, options.signal, (client) =>
      copyWith(client, 'upload', { host: from, machine: to }, options),
    );
  }

  async copyOut(from: string, to: string, options: CopyOptions = {}): Promise<CopyResult> {
    return this.#guest.call(`Cannot copy "${from}" to "${to}"`, options.signal, (client) =>
      copyWith(client, 'download', { host: to, machine: from }, options),
    );
  }

  async forward(service: string, port: number, options: ForwardOptions = {}): Promise<Forward> {
    if (service !== '') await this.service(service);
    const forward = await this.#guest.explain(() => openForward(this.dir, service, port, options));
    this.#forwards.add(forward);
    return forward;
  }

  async status(): Promise<MachineRow> {
    return machineRow(await this.#guest.machine());
  }

  async services(options: Pick<WaitOptions, 'signal'> = {}): Promise<readonly ServiceRow[]> {
    return this.#guest.ask('Cannot ask for the services', options.signal, async (client) =>
      (await client.status()).services.map(serviceRow),
    );
  }

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

  async incidents(service = ''): Promise<readonly IncidentRow[]> {
    return this.#guest.ask('Cannot ask for the incidents', undefined, async (client) => {
      const { incidents, bootId } = await client.incidents(service);
      return incidents.map((incident) => incidentRow(incident, bootId));
    });
  }

  async restart(service?: string | WaitOptions, options: WaitOptions = {}): Promise<void> {
    if (typeof service !== 'string') return this.reboot(service ?? options);
    await controlService(this.#guest, 'restartService', service, this.#logs, options);
  }

  async reboot(options: WaitOptions = {}): Promise<void> {
    const { timeoutMs = usualBootMs } = options;
    const signal = signalOf(options);
    await this.#guest.explain(
      async () => rebootMachine(await this.#guest.machine(), { wait: 'ready', timeoutMs, signal }),
      options.signal,
    );
  }

  async stop(service?: string | WaitOptions, options: WaitOptions = {}): Promise<void> {
    if (typeof service === 'string')
      return controlService(this.#guest, 'stopService', service, this.#logs, options);
    const { timeoutMs, signal } = service ?? options;
    await this.#guest.explain(() => powerOffMachine(this, timeoutMs), signal);
  }

  async cutPower(): Promise<void> {
    await this.#guest.explain(() => cutPowerOf(this));
  }

  async start(service?: string | WaitOptions, options: WaitOptions = {}): Promise<void> {
    if (typeof service === 'string')
      return controlService(this.#guest, 'startService', service, this.#logs, options);
    const { timeoutMs = usualBootMs, ...rest } = service ?? options;
    const signal = signalOf(rest);
    await this.#guest.explain(async () => {
      const lifeline = await this.#startAgain(signal);
      this.#lifeline.destroy();
      this.#lifeline = lifeline;
      await waitUntilReady(this, timeoutMs, signal);
    }, rest.signal);
  }

  async ready(options: WaitOptions = {}): Promise<void> {
    await this.#guest.explain(
      () => waitUntilReady(this, options.timeoutMs ?? usualBootMs, signalOf(options)),
      options.signal,
    );
  }

  async until<T>(
    what: string,
    ask: () => Promise<T>,
    check: (answer: T) => boolean,
    options: WaitOptions = {},
  ): Promise<T> {
    return this.#guest.until(what, ask, check, options);
  }

  async console(): Promise<string> {
    return readFile(join(this.dir, machineFiles.console), 'utf8').catch(() => '');
  }

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

  async describe(message: string): Promise<string> {
    return `${message}\n${await consoleTailText(this)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#forwards].map((forward) => forward[Symbol.asyncDispose]()));
    await endMachine(this);
    this.#lifeline.destroy();
    await rm(this.dir, { recursive: true, force: true });
  }
}
