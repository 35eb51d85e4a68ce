import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LogLine, LogLines, LogsRequest } from '../../../lib/control/generated/control.ts';
import { keptLogs } from '../../../lib/control/logs-request.ts';
import { LogFolder } from '../../../lib/log/folder.ts';
import { LogWriter } from '../../../lib/log/writer.ts';
import { readLogs } from './read-logs.ts';

let folder: LogFolder;
let writers: Map<string, LogWriter>;
beforeEach(() => {
  folder = new LogFolder(mkdtempSync(join(tmpdir(), 'kit-logs-')), {
    total: 100_000,
    source: 20_000,
    segment: 2000,
  });
  writers = new Map();
});
afterEach(() => rmSync(folder.path, { recursive: true }));

function write(source: string, ...messages: string[]): void {
  const writer = writers.get(source) ?? new LogWriter(folder, source);
  writers.set(source, writer);
  writer.write('stdout', messages);
}

const never = new AbortController().signal;
const read = (request: Partial<LogsRequest>): Promise<LogLines[]> =>
  Array.fromAsync(readLogs(folder.path, { ...keptLogs, ...request }, never));
const linesOf = (messages: readonly LogLines[]): LogLine[] => messages.flatMap(({ lines }) => lines);
const collect = async (request: Partial<LogsRequest>): Promise<string[]> =>
  linesOf(await read(request)).map(({ source, message }) => `${source}: ${message}`);

/** A following call, line by line. */
function follow(request: Partial<LogsRequest>, signal: AbortSignal) {
  const messages = readLogs(folder.path, { ...keptLogs, follow: true, ...request }, signal);
  const waiting: LogLine[] = [];
  return {
    messages,
    async next(): Promise<LogLine | undefined> {
      while (waiting.length === 0) {
        const { value, done } = await messages.next();
        if (done) return undefined;
        waiting.push(...value.lines);
      }
      return waiting.shift();
    },
  };
}

test('one source, several or all, from the beginning or the last lines', async () => {
  write('a', 'one', 'two');
  write('b', 'three');
  write('c', 'four');
  expect(await collect({ services: ['a'] })).toEqual(['a: one', 'a: two']);
  expect(await collect({ services: ['a', 'c'] })).toEqual(['a: one', 'a: two', 'c: four']);
  expect(await collect({})).toEqual(['a: one', 'a: two', 'b: three', 'c: four']);
  expect(await collect({ tail: 3 })).toEqual(['a: two', 'b: three', 'c: four']);
  expect(await collect({ services: ['nobody'] })).toEqual([]);
});

test("the audit trail, containerd's and the kernel's lines are sent on request only", async () => {
  for (const source of ['audit', 'containerd', 'kernel', 'web']) write(source, 'x');
  expect(await collect({})).toEqual(['web: x']);
  expect(await collect({ services: ['kernel'] })).toEqual(['kernel: x']);
  expect(await collect({ all: true })).toHaveLength(4);
});

test('all lines since a time', async () => {
  write('a', 'old');
  const [old] = linesOf(await read({}));
  await new Promise((resolve) => setTimeout(resolve, 5));
  write('a', 'new', 'newer', 'newest');
  const sinceMs = (old?.timeMs ?? 0n) + 1n;
  expect(await collect({ sinceMs })).toEqual(['a: new', 'a: newer', 'a: newest']);
  expect(await collect({ sinceMs, tail: 2 })).toEqual(['a: newer', 'a: newest']);
  expect(await collect({ sinceMs: sinceMs + 100_000n })).toEqual([]);
});

test('following continues with new lines and new sources until it is cancelled', async () => {
  write('a', 'old', 'one');
  const abort = new AbortController();
  const { next } = follow({ tail: 1 }, abort.signal);
  expect(await next()).toMatchObject({ message: 'one', sequence: 2n, missed: 0n });
  write('a', 'two');
  expect(await next()).toMatchObject({ message: 'two', sequence: 3n });
  write('b', 'three');
  expect(await next()).toMatchObject({ message: 'three', sequence: 1n });
  const last = next();
  abort.abort();
  expect(await last).toBeUndefined();
});

test('a service that has not written yet can be followed', async () => {
  const abort = new AbortController();
  const { next, messages } = follow({ services: ['late'] }, abort.signal);
  const first = next();
  write('late', 'hello');
  expect((await first)?.message).toBe('hello');
  abort.abort();
  await messages.return(undefined);
});

test('with follow an empty message separates kept lines from new ones', async () => {
  write('a', 'one');
  const abort = new AbortController();
  const { messages } = follow({}, abort.signal);
  const sizes = [];
  for (let count = 0; count < 3; count += 1) sizes.push((await messages.next()).value?.lines.length);
  expect(sizes).toEqual([0, 1, 0]);
  abort.abort();
  await messages.return(undefined);
});

test('a call continues after another without losing or repeating lines', async () => {
  for (const source of ['a', 'b']) write(source, ...Array.from({ length: 9 }, (_, line) => `${line}`));
  for (const request of [{}, { tail: 3 }, { services: ['a'] }, { sinceMs: 1n }, { tail: 300 }]) {
    const first = await read(request);
    const { logId = '', after: begin = [] } = first[0] ?? {};
    const positions = new Map(begin.map(({ source, sequence }) => [source, sequence]));
    for (const { source, sequence } of linesOf(first)) {
      expect(sequence).toBe((positions.get(source) ?? 0n) + 1n);
      positions.set(source, sequence);
    }
    const after = [...positions].map(([source, sequence]) => ({ source, sequence }));
    write('a', 'next');
    const services = request.services ?? ['a', 'b'];
    expect(await collect({ services, after, logId })).toEqual(['a: next']);
    // Line numbers of another boot are ignored.
    expect((await collect({ services, after, logId: 'other' })).length).toBeGreaterThan(9);
  }
});

test('a slow reader gets the number of lines it missed', async () => {
  write('a', 'first');
  const abort = new AbortController();
  const { next, messages } = follow({}, abort.signal);
  expect((await next())?.message).toBe('first');
  for (let line = 2; line <= 500; line += 1) write('a', `${line} ${'x'.repeat(100)}`);
  const seen = [1n];
  let missed = 0n;
  while (seen.at(-1) !== 500n) {
    const line = await next();
    seen.push(line?.sequence ?? 0n);
    missed += line?.missed ?? 0n;
  }
  expect(missed).toBeGreaterThan(300n);
  expect(missed + BigInt(seen.length)).toBe(500n);
  abort.abort();
  await messages.return(undefined);
});
