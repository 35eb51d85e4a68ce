import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { codeOf } from '../../lib/errors/errors.ts';
import { systemReason } from '../../lib/errors/system.ts';
import { LogProgress } from '../../lib/log/progress.ts';
import { connect } from './connect.ts';
import type { Times } from './receipts.ts';
import type { Settings } from './settings.ts';
import { ship } from './ship.ts';

export interface Surroundings {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly times?: Times;
  /** Milliseconds before the second try; each further one waits twice as long. */
  readonly retryMs?: number;
}

/** Milliseconds. */
const longestWait = 60_000;
/** What a server that is told to end waits for its last receipt. */
const farewell = 2000;

/** Sends what every source of the machine says to a syslog server, over one connection after another, until `signal`. */
export async function sendLogs(
  settings: Settings,
  { signal, say, times, retryMs = 1000 }: Surroundings,
): Promise<void> {
  const { server, stateDir } = settings;
  const progress = new LogProgress(join(stateDir, `${digest(server.name)}.json`));
  let number = 0;
  let wait = retryMs;
  let told = '';
  const next = (): number => {
    number += 1;
    return number;
  };
  const received = (): void => {
    if (told !== 'sent') say(`Sending logs to ${server.name}`);
    told = 'sent';
    wait = retryMs;
  };
  while (!signal.aborted) {
    try {
      using connection = await connect(settings, signal);
      const gone = connection.gone;
      signal.addEventListener(
        'abort',
        () => setTimeout(() => connection[Symbol.dispose](), farewell).unref(),
        { signal: gone },
      );
      await ship({ connection, settings, progress, next, received, signal, say, ...(times && { times }) });
    } catch (thrown) {
      if (signal.aborted) return;
      const reason = reasonFor(thrown);
      if (reason !== told) say(`Cannot send logs to ${server.name}: ${reason}; trying again`);
      told = reason;
    }
    // Not all machines at once when a server comes back.
    await pause(wait * (0.5 + Math.random() / 2), null, { signal }).catch(() => {});
    wait = Math.min(2 * wait, longestWait);
  }
}

/** Two programs for two servers keep apart what they have sent. */
const digest = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

/** Of a server with several addresses, which all failed, the first one's reason. */
function reasonFor(thrown: unknown): string {
  const first = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const unknown = ['ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(first) ?? '');
  return unknown ? 'its name cannot be resolved' : systemReason(first);
}
