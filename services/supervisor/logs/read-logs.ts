import { setTimeout as pause } from 'node:timers/promises';
import type { LogLine, LogLines, LogPosition, LogsRequest } from '../../../lib/control/generated/control.ts';
import { logId } from '../../../lib/log/log-id.ts';
import { lastLines, mergeLogs, type SourcedLine } from '../../../lib/log/merge.ts';
import { LogReader, type LogStart } from '../../../lib/log/reader.ts';
import { listSegments } from '../../../lib/log/segments.ts';
import { waiter } from './waiter.ts';
import { watchFolder } from './watch-folder.ts';

/**
 * Milliseconds for which new lines are collected before they are sent, and the followers up to which this is
 * so. More of them wait longer: each batch costs a look at every source, and a crowd of followers must not
 * keep the supervisor from its work.
 */
const batchMs = 30;
const quickFollowers = 8;
let followers = 0;
/** Limits of one message; a single line may exceed the limit of characters. */
const messageLimits = { characters: 32 << 10, lines: 256 } as const;

/** Sources that are sent only on request: they are long and say little about the services. */
const onRequest: ReadonlySet<string> = new Set(['audit', 'containerd', 'kernel']);

type Readers = Map<string, LogReader>;

/** The lines that a request asks for. With `follow` it continues until `signal` is aborted. */
export async function* readLogs(
  folder: string,
  request: LogsRequest,
  signal: AbortSignal,
): AsyncGenerator<LogLines> {
  const { services, follow, tail, all } = request;
  const wanted = (source: string) =>
    services.length > 0 ? services.includes(source) : all || !onRequest.has(source);
  const id = logId(folder);
  const after = request.logId === id ? request.after : [];
  const start: LogStart = { tail, sinceMs: Number(request.sinceMs) };
  const change = follow ? watchFolder(folder) : undefined;
  if (follow) followers += 1;
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
    // The start positions go into the first message, so with `tail` all lines are read before it is sent.
    const first = tail === 0 ? merged : [...lastLines(merged, tail)];
    yield { logId: id, after: startPositions(readers, tail === 0 ? [] : [...first]), lines: [] };
    yield* inMessages(first);
    if (change) yield { logId: '', after: [], lines: [] };
    while (change && !signal.aborted) {
      await wait((done) => change.next(done));
      await pause(batchMs * Math.ceil(followers / quickFollowers));
      segments = listSegments(folder);
      for (const source of segments.keys())
        if (wanted(source) && !readers.has(source))
          readers.set(source, new LogReader(folder, source, { after: positionIn(after, source) ?? 0 }));
      yield* inMessages(mergeLogs(readers, segments));
    }
  } finally {
    if (follow) followers -= 1;
    change?.close();
    for (const reader of readers.values()) reader.close();
  }
}

/** A line of a log as a message of the control protocol. */
export function logLineMessage({ t, source, stream, msg, pid, n, missed }: SourcedLine): LogLine {
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

/** The position of each source just before the first of the lines. */
function startPositions(readers: Readers, lines: readonly SourcedLine[]): LogPosition[] {
  const begins = new Map([...readers].map(([source, { position }]) => [source, position]));
  for (const { source, n, missed } of lines.toReversed()) begins.set(source, n - missed - 1);
  return [...begins].map(([source, sequence]) => ({ source, sequence: BigInt(sequence) }));
}

function* inMessages(lines: Iterable<SourcedLine>): Generator<LogLines> {
  let message: LogLine[] = [];
  let characters = 0;
  const takeMessage = (): LogLines => {
    const full = { logId: '', after: [], lines: message };
    [message, characters] = [[], 0];
    return full;
  };
  for (const line of lines) {
    message.push(logLineMessage(line));
    characters += line.msg.length;
    if (characters >= messageLimits.characters || message.length >= messageLimits.lines) yield takeMessage();
  }
  if (message.length > 0) yield takeMessage();
}
