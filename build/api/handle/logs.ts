import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine as WireLine } from '../../../lib/control/generated/control.ts';
import { fieldsOf } from '../../../lib/log/fields.ts';
import { isLevel } from '../../../lib/log/level.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { grpcReason, isUnavailable } from '../../machine/client/grpc-errors.ts';
import { type LogPositions, logEnds, logLines } from '../../machine/logs/logs.ts';
import { isLive, readMachine } from '../../machine/records/find.ts';
import { asMachineError, type MachinePlace, machineError } from './failure.ts';
import type { LogLine, LogsFilter, MachineLogs, WaitForOptions } from './types/logs.ts';
import type { WaitOptions } from './types/wait.ts';
import { signalOf, usualWaitMs } from './wait-options.ts';

const retryMs = 300;
/** Lines in the message of a failure. */
const shownLines = 20;

export class Logs implements MachineLogs {
  readonly #place: MachinePlace;
  /** Lines up to here are from before a restart. */
  #before: LogPositions = { logId: '', sequences: new Map() };

  constructor(place: MachinePlace) {
    this.#place = place;
  }

  /** Notes where the log of a service ends that is about to be restarted. @throws the gRPC error */
  async restarting(client: MachineClient, service: string, signal: AbortSignal): Promise<void> {
    const { logId, sequences } = await logEnds(client, [service], signal);
    const known = logId === this.#before.logId ? this.#before.sequences : [];
    this.#before = { logId, sequences: new Map([...known, ...sequences]) };
  }

  async lines(filter: LogsFilter & Pick<WaitOptions, 'signal'> = {}): Promise<LogLine[]> {
    using client = new MachineClient(this.#place.dir);
    const signal = signalOf(filter);
    try {
      const found: LogLine[] = [];
      for await (const line of this.#read(client, filter, false, signal)) found.push(line);
      signal.throwIfAborted();
      return found;
    } catch (thrown) {
      const action = `Cannot read the log of ${this.#named(filter)}: ${grpcReason(thrown)}`;
      throw await asMachineError(new Error(action, { cause: thrown }), this.#place, filter.signal);
    }
  }

  async waitFor(pattern: RegExp | string, options: WaitForOptions = {}): Promise<LogLine> {
    const { timeoutMs = usualWaitMs } = options;
    const timeUp = AbortSignal.timeout(timeoutMs);
    const last: LogLine[] = [];
    try {
      for await (const line of this.#untilEnd(options, AbortSignal.any([signalOf(options), timeUp]))) {
        if (isMatch(pattern, line) && isOwn(line, options)) return line;
        last.push(line);
        if (last.length > shownLines) last.shift();
      }
    } catch (thrown) {
      options.signal?.throwIfAborted();
      const text = `Cannot wait for ${shown(pattern)} in the log of ${this.#named(options)}`;
      throw await machineError(`${text}: ${grpcReason(thrown)}`, this.#place, thrown);
    }
    options.signal?.throwIfAborted();
    throw await this.#inVain(pattern, options, timeUp.aborted ? timeoutMs : undefined, last);
  }

  /** Reads on across reboots, until the machine has ended or `signal` is aborted. */
  async *#untilEnd(filter: LogsFilter, signal: AbortSignal): AsyncGenerator<LogLine> {
    while (!signal.aborted) {
      using client = new MachineClient(this.#place.dir);
      try {
        return yield* this.#read(client, filter, true, signal);
      } catch (thrown) {
        if (!isUnavailable(thrown)) throw thrown;
      }
      if (!(await this.#isAlive())) return;
      await pause(retryMs, undefined, { signal }).catch(() => {});
    }
  }

  async *#read(
    client: MachineClient,
    { service, stream, all = false }: LogsFilter,
    follow: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine> {
    const wanted = {
      ...{ services: service === undefined ? [] : [service], follow, tail: 0, sinceMs: 0n, all: false },
      matches: (line: WireLine) => stream === undefined || line.stream === stream,
      after: all ? undefined : this.#before,
    };
    for await (const line of logLines(client, wanted, () => this.#isAlive(), signal)) yield plain(line);
  }

  async #isAlive(): Promise<boolean> {
    const machine = await readMachine(this.#place.dir);
    return machine !== undefined && isLive(machine);
  }

  async #inVain(
    pattern: RegExp | string,
    filter: LogsFilter,
    timeoutMs: number | undefined,
    last: readonly LogLine[],
  ): Promise<Error> {
    const reason = (await readMachine(this.#place.dir))?.record.reason;
    const when = timeoutMs === undefined ? `the machine has ended (${reason})` : `not within ${timeoutMs} ms`;
    const what = `${shown(pattern)} did not come in the log of ${this.#named(filter)}: ${when}`;
    const source = filter.service === undefined ? (line: LogLine) => `${line.source}: ` : () => '';
    const lines = last.map((line) => `  | ${source(line)}${line.message}`);
    const log = lines.length === 0 ? 'That log is empty.' : ['That log ends with:', ...lines].join('\n');
    return machineError(`${what}\n${log}`, this.#place);
  }

  #named({ service }: LogsFilter): string {
    const machine = `machine "${this.#place.name}"`;
    return service === undefined ? machine : `service "${service}" of ${machine}`;
  }
}

/** What kit says about a service is no line of that service. Init's own lines are of the same stream. */
const isOwn = ({ source, stream }: LogLine, filter: LogsFilter): boolean =>
  stream !== 'kit' || source === 'init' || filter.stream === 'kit';

/** A regular expression with the flag g or y would remember where it matched last. */
function isMatch(pattern: RegExp | string, { message }: LogLine): boolean {
  if (typeof pattern === 'string') return message.includes(pattern);
  pattern.lastIndex = 0;
  return pattern.test(message);
}

const shown = (pattern: RegExp | string): string =>
  typeof pattern === 'string' ? JSON.stringify(pattern) : String(pattern);

function plain({ timeMs, sequence, source, stream, message, pid }: WireLine): LogLine {
  const fields = isLevel(stream) ? fieldsOf(message)?.fields : undefined;
  const line = { timeMs: Number(timeMs), source, stream, message, pid, sequence: Number(sequence) };
  return fields ? { ...line, fields } : line;
}
