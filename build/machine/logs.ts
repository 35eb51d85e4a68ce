import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { isSilent, type MachineClient } from './client.ts';

export interface LogsWanted {
  /** Empty: of all. */
  readonly service: string;
  readonly follow: boolean;
  /** 0: all that is kept. */
  readonly tail: number;
}

const retryMs = 500;

/**
 * The lines of a machine's services, each once and in order. Following goes on across a restart of the
 * guest's supervisor, for as long as `alive` says that there is a machine. @throws the gRPC error when there
 * is no answer at all.
 */
export async function* logLines(
  client: MachineClient,
  wanted: LogsWanted,
  alive: () => Promise<boolean>,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const seen = new Seen();
  for (;;) {
    // From the second time on everything is asked for, and what was seen is left out.
    const request = seen.any ? { ...wanted, tail: 0 } : wanted;
    try {
      for await (const line of callLines(client, request, signal)) if (seen.isNew(line)) yield line;
      return;
    } catch (thrown) {
      if (signal.aborted) return;
      const mayCome = wanted.follow && seen.any && isSilent(thrown);
      if (!mayCome || !(await alive())) throw thrown;
    }
    seen.again();
    await pause(retryMs);
  }
}

async function* callLines(
  client: MachineClient,
  request: LogsWanted,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const call = client.logs(request);
  const cancel = (): void => call.cancel();
  signal.addEventListener('abort', cancel);
  try {
    yield* call as AsyncIterable<LogLine>;
  } finally {
    signal.removeEventListener('abort', cancel);
    call.cancel();
  }
}

/** Tells lines that a new call repeats from those that are new. */
class Seen {
  any = false;
  private lastMs = 0n;
  /** How many lines of that very millisecond were seen, and are still to be left out of this call. */
  private atLast = 0;
  private toSkip = 0;

  again(): void {
    this.toSkip = this.atLast;
  }

  isNew({ timeMs }: LogLine): boolean {
    if (this.toSkip > 0) {
      if (timeMs > this.lastMs) this.toSkip = 0;
      else {
        if (timeMs === this.lastMs) this.toSkip -= 1;
        return false;
      }
    }
    this.any = true;
    this.atLast = timeMs === this.lastMs ? this.atLast + 1 : 1;
    this.lastMs = timeMs;
    return true;
  }
}
