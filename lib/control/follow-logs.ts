import { setTimeout as pause } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import { reasonOf } from '../errors/errors.ts';
import type { LogProgress } from '../log/progress.ts';
import { ControlClient, type LogLines } from './generated/control.ts';
import { logMessages } from './log-messages.ts';
import { keptLogs } from './logs-request.ts';

export interface FollowSettings {
  /** Path of a unix socket of the supervisor. */
  readonly socket: string;
  /**
   * Where to begin, and to continue after an interruption: the caller updates it after each message it has
   * processed.
   */
  readonly progress: Pick<LogProgress, 'logId' | 'sources'>;
  readonly signal: AbortSignal;
  /** Called once when the connection is lost, and once when it is back. */
  readonly say: (line: string) => void;
  /** Milliseconds between two tries. */
  readonly retryMs?: number;
}

/**
 * Follows the lines of all sources, including the kernel and containerd, from the oldest one kept, until
 * `signal` is aborted. If the connection to the supervisor breaks, it reconnects and continues without
 * repeating lines. While the caller processes a message, only the transport's few hundred kB are buffered;
 * lines that the log drops meanwhile are counted in `missed` of the next line.
 */
export async function* followLogs(settings: FollowSettings): AsyncGenerator<LogLines> {
  const { socket, progress, signal, say, retryMs = 1000 } = settings;
  const client = new ControlClient(`unix:${socket}`, credentials.createInsecure(), {
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1000,
  });
  let trouble = '';
  try {
    while (!signal.aborted) {
      const after = [...progress.sources].map(([source, { sequence }]) => ({
        source,
        sequence: BigInt(sequence),
      }));
      const request = { ...keptLogs, follow: true, all: true, after, logId: progress.logId };
      try {
        for await (const message of logMessages(client, request, signal)) {
          if (trouble !== '') say('The supervisor answers again');
          trouble = '';
          yield message;
        }
        throw new Error('it ended the call');
      } catch (thrown) {
        if (signal.aborted) return;
        const reason = reasonOf(thrown).replace(/^\d+ [A-Z_]+: /, '');
        if (reason !== trouble) say(`Cannot follow the log: ${reason}; trying again`);
        trouble = reason;
      }
      await pause(retryMs, null, { signal }).catch(() => {});
    }
  } finally {
    client.close();
  }
}
