import { once } from 'node:events';
import { hostname } from 'node:os';
import { followLogs } from '../../lib/control/follow-logs.ts';
import type { LogLine } from '../../lib/control/generated/control.ts';
import type { LogProgress } from '../../lib/log/progress.ts';
import { Acknowledgements, type AcknowledgementTimes, defaultTimes } from './acknowledgements.ts';
import type { Connection } from './connect.ts';
import { frame } from './frame.ts';
import { syslogMessage } from './message.ts';
import type { Settings } from './settings.ts';
import { Settling } from './settling.ts';

export interface SendLinesOptions {
  readonly connection: Connection;
  readonly settings: Settings;
  /** The lines that count as sent. */
  readonly progress: LogProgress;
  /** The number of the next message, counted over all connections. */
  readonly nextSequence: () => number;
  /** Called after each acknowledgement. */
  readonly onAcknowledged: () => void;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly times?: AcknowledgementTimes;
}

/**
 * Sends lines over a connection until `signal`. Reads only as much as the server accepts: with a slow server,
 * lines stay in the supervisor's log, and a message tells how many of them it had to drop.
 * @throws the reason for which the connection was closed, unless it was `signal`.
 */
export async function sendLines(options: SendLinesOptions): Promise<void> {
  const { connection, settings, progress, onAcknowledged, signal, say, times = defaultTimes } = options;
  const { stream, closed } = connection;
  const sent = { logId: progress.logId, sources: new Map(progress.sources) };
  const settling = new Settling(times.settle, closed);
  const onAllAcknowledged = (): void => {
    const { logId, sources } = { ...sent, sources: new Map(sent.sources) };
    settling.add(() => {
      progress.begin(logId);
      for (const [source, position] of sources) progress.set(source, position);
      progress.save();
    });
    onAcknowledged();
  };
  const acknowledgements = new Acknowledgements(connection, onAllAcknowledged, times);
  const either = AbortSignal.any([signal, closed]);
  for await (const { lines, logId } of followLogs({
    socket: settings.socket,
    progress: sent,
    signal: either,
    say,
  })) {
    if (logId !== '' && logId !== sent.logId) {
      sent.logId = logId;
      sent.sources.clear();
    }
    await acknowledgements.ready();
    if (lines.length === 0 || either.aborted) continue;
    const room = stream.write(Buffer.concat(lines.flatMap((line) => frames(line, options))));
    for (const { source, sequence } of lines) sent.sources.set(source, { sequence: Number(sequence) });
    acknowledgements.wrote();
    if (!room) await once(stream, 'drain', { signal: either }).catch(() => {});
  }
  await acknowledgements.wait();
  if (!signal.aborted) throw closed.reason;
  settling.finish();
}

/** The frame of a line, after one with the number of lines lost before it, if any. */
function frames(line: LogLine, { settings, nextSequence }: SendLinesOptions): Buffer[] {
  const { facility, limit, sequence: numbered } = settings;
  const lost = line.missed === 1n ? '1 line lost' : `${line.missed} lines lost`;
  const all = line.missed === 0n ? [line] : [{ ...line, stream: 'warning', message: lost }, line];
  return all.map((one) => {
    const sequence = numbered ? nextSequence() : undefined;
    return frame(syslogMessage(one, { hostname: hostname(), facility, limit, sequence }));
  });
}
