import { setTimeout as pause } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import { reasonOf } from '../errors/errors.ts';
import type { LogProgress } from '../log/progress.ts';
import { ControlClient, type LogLines } from './generated/control.ts';

export interface FollowSettings {
  /** A unix socket on which the supervisor serves. */
  readonly socket: string;
  /** Where to begin, also after each interruption: the caller keeps it up to date with every message it has dealt with. */
  readonly progress: Pick<LogProgress, 'logId' | 'sources'>;
  readonly signal: AbortSignal;
  /** Told once when the supervisor is gone, and once when it is back. */
  readonly say: (line: string) => void;
  /** Milliseconds between two tries. */
  readonly retryMs?: number;
}

/**
 * The lines of all sources, the kernel's and containerd's too, from the oldest that is kept on, until `signal`. A supervisor that
 * goes is waited for, and nothing comes twice for it. While the caller deals with a message, no more than the transport's few
 * hundred kilobytes are held; what the machine's log drops meanwhile is counted in `missed` of the line that follows.
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
      const request = {
        services: [],
        follow: true,
        tail: 0,
        sinceMs: 0n,
        all: true,
        after,
        logId: progress.logId,
      };
      const call = client.logs(request);
      const cancel = (): void => call.cancel();
      signal.addEventListener('abort', cancel);
      // Also after the last message was taken.
      call.on('error', () => {});
      try {
        for await (const message of call as AsyncIterable<LogLines>) {
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
      } finally {
        signal.removeEventListener('abort', cancel);
        cancel();
      }
      await pause(retryMs, null, { signal }).catch(() => {});
    }
  } finally {
    client.close();
  }
}
