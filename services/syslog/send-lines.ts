import { once } from 'node:events';
import { hostname } from 'node:os';
import { followLogs } from '../../lib/control/follow-logs.ts';
import type { LogLine } from '../../lib/control/generated/control.ts';
import type { LogProgress } from '../../lib/log/progress.ts';
import type { Connection } from './connect.ts';
import { frame } from './frame.ts';
import { syslogMessage } from './message.ts';
import { Receipts, type Times } from './receipts.ts';
import type { Settings } from './settings.ts';

export interface Shipment {
  readonly connection: Connection;
  readonly settings: Settings;
  /** What has a receipt. */
  readonly progress: LogProgress;
  /** Numbers messages, over all connections. */
  readonly next: () => number;
  /** The first receipt of this connection. */
  readonly received: () => void;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly times?: Times;
}

/**
 * Sends lines over a connection until it is gone, or `signal`. Only so much is read as the server takes: with a slow one, the
 * lines wait in the machine's own log, and how many of them that had to drop is a message of its own.
 */
export async function ship(shipment: Shipment): Promise<void> {
  const { connection, settings, progress, received, signal, say, times } = shipment;
  const { stream, gone } = connection;
  const sent = { logId: progress.logId, sources: new Map(progress.sources) };
  const receipts = new Receipts(
    connection,
    () => {
      progress.begin(sent.logId);
      for (const [source, done] of sent.sources) progress.set(source, done);
      progress.save();
      received();
    },
    times,
  );
  const either = AbortSignal.any([signal, gone]);
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
    await receipts.ready();
    if (lines.length === 0 || either.aborted) continue;
    const room = stream.write(Buffer.concat(lines.flatMap((line) => frames(line, shipment))));
    for (const { source, sequence } of lines) sent.sources.set(source, { sequence: Number(sequence) });
    receipts.wrote();
    if (!room) await once(stream, 'drain', { signal: either }).catch(() => {});
  }
  await receipts.settle();
  if (!signal.aborted) throw gone.reason;
}

/** A line, and before it how many are missing. */
function frames(line: LogLine, { settings, next }: Shipment): Buffer[] {
  const { facility, limit, sequence } = settings;
  const lost = line.missed === 1n ? '1 line lost' : `${line.missed} lines lost`;
  const all = line.missed === 0n ? [line] : [{ ...line, stream: 'warning', message: lost }, line];
  return all.map((one) => {
    const number = sequence ? next() : undefined;
    return frame(syslogMessage(one, { hostname: hostname(), facility, limit, number }));
  });
}
