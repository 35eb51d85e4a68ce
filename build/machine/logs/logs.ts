import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine, LogLines, LogsRequest } from '../../../lib/control/generated/control.ts';
import { keptLogs } from '../../../lib/control/logs-request.ts';
import type { MachineClient } from '../client/client.ts';
import { isUnavailable } from '../client/grpc-errors.ts';

export interface LogsOptions extends Pick<LogsRequest, 'services' | 'follow' | 'tail' | 'sinceMs' | 'all'> {
  /** Selects lines; `tail` counts only those. */
  readonly matches?: ((line: LogLine) => boolean) | undefined;
  /** Leaves out what was written up to there, unless the machine has rebooted since. */
  readonly after?: LogPositions | undefined;
}

/** How far the logs of one boot have been read. */
export interface LogPositions {
  /** Identifies the logs of a boot; empty: nothing was read. */
  readonly logId: string;
  /** The number of the last line of each source. */
  readonly sequences: ReadonlyMap<string, bigint>;
}

/** The present ends of the logs of these services. @throws the gRPC error */
export async function logEnds(
  client: MachineClient,
  services: readonly string[],
  signal: AbortSignal,
): Promise<LogPositions> {
  const position = new ReadPosition();
  const request = { ...keptLogs, services: [...services], tail: 1 };
  for await (const message of callLines(client, request, signal)) position.advance(message);
  return position;
}

const retryMs = 500;

/**
 * The lines of a machine's services, each once and in order; where some were lost, a line of stream `kit` and
 * sequence 0 gives their number. Following continues across restarts of the guest's supervisor and reboots,
 * and ends when `alive` resolves to false. @throws the gRPC error when there is no answer at all
 */
export async function* logLines(
  client: MachineClient,
  wanted: LogsOptions,
  alive: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const { matches = () => true, after, ...request } = wanted;
  const position = new ReadPosition(after);
  // The guest does not filter, so the last matching lines are selected here, among those stored when the call
  // began.
  let tailLines: LogLine[] | undefined = wanted.matches && wanted.tail > 0 ? [] : undefined;
  if (tailLines) request.tail = 0;
  for (;;) {
    try {
      for await (const message of callLines(client, position.request(request), signal)) {
        const lines = position
          .advance(message)
          .flatMap((line) => [...gapBefore(line), ...(matches(line) ? [line] : [])]);
        if (tailLines && !isEndOfStored(message)) tailLines = [...tailLines, ...lines].slice(-wanted.tail);
        else {
          yield* tailLines ?? [];
          tailLines = undefined;
          yield* lines;
        }
      }
      yield* tailLines ?? [];
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (!wanted.follow || !position.isSet || !isUnavailable(thrown)) throw thrown;
      if (!(await alive())) break;
    }
    await pause(retryMs);
  }
  yield* tailLines ?? [];
}

/** The guest marks the end of the stored lines with an empty message. */
const isEndOfStored = ({ logId, lines }: LogLines): boolean => logId === '' && lines.length === 0;

function gapBefore(line: LogLine): LogLine[] {
  if (line.missed === 0n) return [];
  const message = line.missed === 1n ? '1 line lost' : `${line.missed} lines lost`;
  return [{ ...line, stream: 'kit', pid: 0, sequence: 0n, message }];
}

async function* callLines(
  client: MachineClient,
  request: LogsRequest,
  signal: AbortSignal,
): AsyncGenerator<LogLines> {
  const call = client.logs(request);
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel);
  try {
    yield* call as AsyncIterable<LogLines>;
  } finally {
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}

/** How far each source has been read, so that another call continues there. */
class ReadPosition implements LogPositions {
  #logId: string;
  readonly #positions: Map<string, bigint>;

  constructor({ logId, sequences }: LogPositions = { logId: '', sequences: new Map() }) {
    this.#logId = logId;
    this.#positions = new Map(sequences);
  }

  get logId(): string {
    return this.#logId;
  }

  get sequences(): ReadonlyMap<string, bigint> {
    return this.#positions;
  }

  get isSet(): boolean {
    return this.#logId !== '';
  }

  request(wanted: Omit<LogsRequest, 'after' | 'logId'>): LogsRequest {
    const after = [...this.#positions].map(([source, sequence]) => ({ source, sequence }));
    return { ...wanted, ...(this.isSet ? { tail: 0 } : {}), after, logId: this.#logId };
  }

  /** Moves past a message; returns those of its lines that were not read before. */
  advance({ logId, after, lines }: LogLines): LogLine[] {
    if (logId !== '') {
      if (logId !== this.#logId) this.#positions.clear();
      this.#logId = logId;
      for (const { source, sequence } of after)
        if (!this.#positions.has(source)) this.#positions.set(source, sequence);
    }
    const fresh = lines.filter(({ source, sequence }) => sequence > (this.#positions.get(source) ?? 0n));
    for (const { source, sequence } of fresh) this.#positions.set(source, sequence);
    return fresh;
  }
}
