import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogWriter } from '../../lib/log/writer.ts';
import { readLogs } from './logs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kit-logs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (source: string, ...messages: string[]) =>
  new LogWriter(folder, source).write('stdout', messages);

async function collect(query: { service?: string; tail?: number }): Promise<string[]> {
  const signal = new AbortController().signal;
  const lines = readLogs(folder, { service: '', follow: false, tail: 0, ...query }, signal);
  return (await Array.fromAsync(lines)).map(({ source, message }) => `${source}: ${message}`);
}

test('one source or all of them, whole or from the end', async () => {
  write('a', 'one', 'two');
  write('b', 'three');
  expect(await collect({ service: 'a' })).toEqual(['a: one', 'a: two']);
  expect(await collect({})).toEqual(['a: one', 'a: two', 'b: three']);
  expect(await collect({ tail: 2 })).toEqual(['a: two', 'b: three']);
  expect(await collect({ service: 'nobody' })).toEqual([]);
});

test('following goes on with new lines, and with sources that were not there yet, until it is ended', async () => {
  write('a', 'old', 'one');
  const abort = new AbortController();
  const lines = readLogs(folder, { service: '', follow: true, tail: 1 }, abort.signal);
  const next = async () => (await lines.next()).value?.message;
  expect(await next()).toBe('one');
  write('a', 'two');
  expect(await next()).toBe('two');
  write('b', 'three');
  expect(await next()).toBe('three');
  const last = next();
  abort.abort();
  expect(await last).toBeUndefined();
});

test('a service that has not written yet can be followed', async () => {
  const abort = new AbortController();
  const lines = readLogs(folder, { service: 'late', follow: true, tail: 0 }, abort.signal);
  const first = lines.next();
  write('late', 'hello');
  expect((await first).value?.message).toBe('hello');
  abort.abort();
  await lines.return(undefined);
});
