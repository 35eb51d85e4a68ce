import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine, LogLines, LogPosition, LogsRequest } from '../../../lib/control/generated/control.ts';
import { logId } from '../../../lib/log/log-id.ts';
import { lastLines, mergeLogs, type SourcedLine } from '../../../lib/log/merge.ts';
import { LogReader, type LogStart } from '../../../lib/log/reader.ts';
import { listSegments } from '../../../lib/log/segments.ts';
import { waiter } from './waiter.ts';
import { watchFolder } from './watch-folder.ts';

/** Milliseconds: how long lines are gathered before they are sent. */
const gather = 30;
/** Of one message: characters, and lines. */
const most = { characters: 32 << 10, lines: 256 } as const;

/** Sources that are left out unless somebody wants them: they say much, and little about the services. */
const quiet: ReadonlySet<string> = new Set(['containerd', 'kernel']);

type Readers = Map<string, LogReader>;

/** What the request asks for, until `signal` when it follows. */
export async function* readLogs(
  folder: string,
  request: LogsRequest,
  signal: AbortSignal,
): AsyncGenerator<LogLines> {
  const { services, follow, tail, all } = request;
  const wanted = (source: string) =>
    services.length > 0 ? services.includes(source) : all || !quiet.has(source);
  const id = logId(folder);
  const after = request.logId === id ? request.after : [];
  const start: LogStart = { tail, sinceMs: Number(request.sinceMs) };
  const change = follow ? watchFolder(folder) : undefined;
  const wait = waiter(signal);
  const readers: Readers = new Map();
  try {
    let segments = listSegments(folder);
    for (const [source, own] of segments) {
      if (!wanted(source)) continue;
      const reader = new LogReader(folder, source, startOf(source, after, start));
      reader.begin(own);
      readers.set(source, reader);
    }
    const merged = mergeLogs(readers, segments);
    // The beginnings must be known before the first line is sent: for the last lines these are all read before.
    const first = tail === 0 ? merged : [...lastLines(merged, tail)];
    yield { logId: id, after: positions(readers, tail === 0 ? [] : [...first]), lines: [] };
    yield* inMessages(first);
    if (change) yield { logId: '', after: [], lines: [] };
    while (change && !signal.aborted) {
      await wait((done) => change.next(done));
      await pause(gather);
      segments = listSegments(folder);
      for (const source of segments.keys())
        if (wanted(source) && !readers.has(source))
          readers.set(source, new LogReader(folder, source, { after: positionIn(after, source) ?? 0 }));
      yield* inMessages(mergeLogs(readers, segments));
    }
  } finally {
    change?.close();
    for (const reader of readers.values()) reader.close();
  }
}

export function wireLine({ t, source, stream, msg, pid, n, missed }: SourcedLine): LogLine {
  return {
    ...{ timeMs: BigInt(Math.trunc(t)), source, stream, message: msg, pid },
    ...{ sequence: BigInt(n), missed: BigInt(missed) },
  };
}

function startOf(source: string, after: readonly LogPosition[], start: LogStart): LogStart {
  return { ...start, after: positionIn(after, source) };
}

function positionIn(after: readonly LogPosition[], wanted: string): number | undefined {
  const position = after.find(({ source }) => source === wanted);
  return position && Number(position.sequence);
}

/** Behind which line of each source the lines begin. */
function positions(readers: Readers, lines: readonly SourcedLine[]): LogPosition[] {
  const begins = new Map([...readers].map(([source, { position }]) => [source, position]));
  for (const { source, n, missed } of lines.toReversed()) begins.set(source, n - missed - 1);
  return [...begins].map(([source, sequence]) => ({ source, sequence: BigInt(sequence) }));
}

function* inMessages(lines: Iterable<SourcedLine>): Generator<LogLines> {
  let message: LogLine[] = [];
  let characters = 0;
  const take = (): LogLines => {
    const full = { logId: '', after: [], lines: message };
    [message, characters] = [[], 0];
    return full;
  };
  for (const line of lines) {
    message.push(wireLine(line));
    characters += line.msg.length;
    if (characters >= most.characters || message.length >= most.lines) yield take();
  }
  if (message.length > 0) yield take();
}
