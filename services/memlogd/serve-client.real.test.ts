import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { LogLine, LogLines } from '../../lib/control/generated/control.ts';
import { socketPair } from '../../lib/linux/net/socket-pair.ts';
import type { Query } from './query.ts';
import { type ReadLogs, serveClient } from './serve-client.ts';

const lineOf = (message: string): LogLine => ({
  ...{ timeMs: 1_767_225_600_000n, source: 'web', stream: 'stdout', message },
  ...{ pid: 1, sequence: 1n, missed: 0n },
});
const messageOf = (...lines: readonly LogLine[]): LogLines => ({ lines: [...lines], logId: '', after: [] });

/** A client, what it has asked for, and the end of its service. */
function serve(read: ReadLogs): { client: Socket; queries: Query[]; served: Promise<void> } {
  const [client, server] = socketPair();
  const queries: Query[] = [];
  const noted: ReadLogs = (query, signal) => {
    queries.push(query);
    return read(query, signal);
  };
  return { client, queries, served: serveClient(server, noted, 1024) };
}

test('a dump ends with the last line', async () => {
  const { client, queries, served } = serve(async function* () {
    yield messageOf();
    yield messageOf(lineOf('one'), lineOf('two'));
  });
  client.write(Buffer.from([0]));
  const lines = (await text(client)).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    ['one', 'two'].map((msg) => ({ time: '2026-01-01T00:00:00.000Z', source: 'web.out', msg })),
  );
  await served;
  expect(queries).toEqual([{ dump: true, follow: false }]);
});

test('another byte, and nothing at all, end the connection without a line', async () => {
  for (const bytes of [Buffer.from('x'), undefined]) {
    const { client, queries, served } = serve(async function* () {
      yield messageOf(lineOf('secret'));
    });
    if (bytes) client.write(bytes);
    else client.end();
    expect(await text(client)).toBe('');
    await served;
    expect(queries).toEqual([]);
  }
});

test('a client that does not read holds up its own log only, and leaves whenever it wants', async () => {
  let read = 0;
  let isAborted = false;
  const { client, served } = serve(async function* (_query, signal) {
    signal.addEventListener('abort', () => {
      isAborted = true;
    });
    for (; !signal.aborted; read += 1) yield messageOf(lineOf('x'.repeat(1000)));
  });
  client.pause();
  client.write(Buffer.from([2, 9, 9]));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = read;
  // Of a kilobyte each: what the sockets between take.
  expect(before).toBeLessThan(2000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(read).toBe(before);
  client.destroy();
  await once(client, 'close');
  await served;
  expect(isAborted).toBe(true);
});
