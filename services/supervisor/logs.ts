import { watch } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine } from '../../lib/control/generated/control.ts';
import { lastLines, mergeLogs, openReaders, type SourcedLine } from '../../lib/log/merge.ts';
import { logSources } from '../../lib/log/reader.ts';

/** Milliseconds: how long lines are gathered before they are sent, and how often we look when nobody tells us. */
const gather = 30;
const look = 1000;

export interface LogQuery {
  /** Empty: all. */
  readonly service: string;
  readonly follow: boolean;
  /** 0: all that is kept. */
  readonly tail: number;
}

/** Lines that are kept, then, with `follow`, new ones (and new sources) until `signal`; in order of time. */
export async function* readLogs(
  folder: string,
  query: LogQuery,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const wanted = () => (query.service === '' ? logSources(folder) : [query.service]);
  const readers = openReaders(folder, wanted());
  const change = query.follow ? watchFolder(folder) : undefined;
  try {
    for (const line of lastLines(mergeLogs(readers), query.tail)) yield wireLine(line);
    while (change && !signal.aborted) {
      for (const line of mergeLogs(readers)) yield wireLine(line);
      await Promise.race([change.next(), aborted(signal)]);
      await pause(gather);
      const fresh = wanted().filter((source) => !readers.has(source));
      for (const [source, reader] of openReaders(folder, fresh)) readers.set(source, reader);
    }
  } finally {
    change?.close();
    for (const reader of readers.values()) reader.close();
  }
}

function wireLine({ t, source, stream, msg }: SourcedLine): LogLine {
  return { timeMs: BigInt(Math.trunc(t)), source, stream, message: msg };
}

/** `next` resolves once something in the folder has changed since it resolved last, and after a second anyway. */
function watchFolder(folder: string): { next(): Promise<unknown>; close(): void } {
  let changed = true;
  let wake = () => {};
  const watcher = watch(folder, { persistent: false }, () => {
    changed = true;
    wake();
  });
  // The second's look goes on without it.
  watcher.on('error', () => {});
  return {
    async next() {
      const told = new Promise<void>((resolve) => {
        wake = resolve;
      });
      if (!changed) await Promise.race([told, pause(look, null, { ref: false })]);
      changed = false;
    },
    close: () => watcher.close(),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
