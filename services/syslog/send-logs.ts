import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withClockHint } from '../../lib/errors/clock-hint.ts';
import { codeOf } from '../../lib/errors/errors.ts';
import { systemReason } from '../../lib/errors/system.ts';
import { LogProgress } from '../../lib/log/progress.ts';
import type { AcknowledgementTimes } from './acknowledgements.ts';
import { connect } from './connect.ts';
import { sendLines } from './send-lines.ts';
import type { Settings } from './settings.ts';

export interface SendLogsOptions {
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly times?: AcknowledgementTimes;
  /** Milliseconds before the second attempt; doubled for each further one. */
  readonly retryMs?: number;
}

/** Milliseconds between attempts to connect, at most. */
const longestWait = 60_000;
/** Milliseconds to wait for the last acknowledgement after `signal`. */
const closeMs = 2000;

/**
 * Sends the log lines of all sources of the machine to a syslog server until `signal`, reconnecting as
 * needed.
 */
export async function sendLogs(
  settings: Settings,
  { signal, say, times, retryMs = 1000 }: SendLogsOptions,
): Promise<void> {
  const { server, stateDir } = settings;
  const progress = new LogProgress(join(stateDir, `${digest(server.name)}.json`));
  let sequence = 0;
  let wait = retryMs;
  /** The last message logged, so that a state is logged only when it changes. */
  let logged = '';
  const nextSequence = (): number => {
    sequence += 1;
    return sequence;
  };
  const onAcknowledged = (): void => {
    if (logged !== 'sent') say(`Sending logs to ${server.name}`);
    logged = 'sent';
    wait = retryMs;
  };
  while (!signal.aborted) {
    try {
      using connection = await connect(settings, signal);
      const { closed } = connection;
      signal.addEventListener(
        'abort',
        () => setTimeout(() => connection[Symbol.dispose](), closeMs).unref(),
        { signal: closed },
      );
      const callbacks = { nextSequence, onAcknowledged, say };
      await sendLines({ connection, settings, progress, signal, ...callbacks, ...(times && { times }) });
    } catch (thrown) {
      if (signal.aborted) return;
      const reason = reasonFor(thrown);
      const why = withClockHint(reason, thrown);
      if (reason !== logged) say(`Cannot send logs to ${server.name}: ${why}; trying again`);
      logged = reason;
    }
    // Random, so that not all machines reconnect at once when a server is back.
    await pause(wait * (0.5 + Math.random() / 2), null, { signal }).catch(() => {});
    wait = Math.min(2 * wait, longestWait);
  }
}

/** Separates the progress of two programs with different servers. */
const digest = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 16);

/** The reason to log; if all of several addresses failed, that of the first. */
function reasonFor(thrown: unknown): string {
  const first = thrown instanceof AggregateError ? thrown.errors[0] : thrown;
  const unresolved = ['ENOTFOUND', 'EAI_AGAIN'].includes(codeOf(first) ?? '');
  return unresolved ? 'its name cannot be resolved' : systemReason(first);
}
