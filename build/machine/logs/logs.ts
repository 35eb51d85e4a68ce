import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine, LogLines, LogsRequest } from '../../../lib/control/generated/control.ts';
import { isSilent, type MachineClient } from '../client/client.ts';

export interface LogsWanted extends Pick<LogsRequest, 'services' | 'follow' | 'tail' | 'sinceMs' | 'all'> {
  /** Lines that are to be left out; `tail` counts the others. */
  readonly matches?: ((line: LogLine) => boolean) | undefined;
}

const retryMs = 500;

/**
 * The lines of a machine's services, each once and in order; where some were lost, a line of stream `kit` and sequence 0
 * says how many. Following goes on across a restart of the guest's supervisor, and of the guest, and ends when `alive`
 * says that there is no machine any more. @throws the gRPC error when there is no answer at all.
 */
export async function* logLines(
  client: MachineClient,
  wanted: LogsWanted,
  alive: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const { matches = () => true, ...request } = wanted;
  const seen = new Seen();
  // Only we know what matches, so the last lines of it are found here, of those kept when the call began.
  let held: LogLine[] | undefined = wanted.matches && wanted.tail > 0 ? [] : undefined;
  if (held) request.tail = 0;
  for (;;) {
    try {
      for await (const message of callLines(client, seen.request(request), signal)) {
        const lines = seen
          .fresh(message)
          .flatMap((line) => [...gapBefore(line), ...(matches(line) ? [line] : [])]);
        if (held && !isEndOfKept(message)) held = [...held, ...lines].slice(-wanted.tail);
        else {
          yield* held ?? [];
          held = undefined;
          yield* lines;
        }
      }
      yield* held ?? [];
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      if (!wanted.follow || !seen.any || !isSilent(thrown)) throw thrown;
      if (!(await alive())) break;
    }
    await pause(retryMs);
  }
  yield* held ?? [];
}

const isEndOfKept = ({ logId, lines }: LogLines): boolean => logId === '' && lines.length === 0;

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

/** How far each source was read, so that another call goes on there. */
class Seen {
  #logId = '';
  #positions = new Map<string, bigint>();

  get any(): boolean {
    return this.#logId !== '';
  }

  request(wanted: Omit<LogsRequest, 'after' | 'logId'>): LogsRequest {
    const after = [...this.#positions].map(([source, sequence]) => ({ source, sequence }));
    return { ...wanted, ...(this.any ? { tail: 0 } : {}), after, logId: this.#logId };
  }

  /** The lines of a message that were not seen before. */
  fresh({ logId, after, lines }: LogLines): LogLine[] {
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
