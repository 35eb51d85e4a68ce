import { expect, test } from 'vitest';
import type { LogLine, LogLines, LogsRequest } from '../../../lib/control/generated/control.ts';
import { keptLogs } from '../../../lib/control/logs-request.ts';
import type { MachineClient } from '../client/client.ts';
import { type LogsOptions, logLines } from './logs.ts';

const line = (sequence: number, message: string, missed = 0): LogLine => ({
  ...{ timeMs: 5n, source: 'web', stream: 'stdout', pid: 7, message },
  ...{ sequence: BigInt(sequence), missed: BigInt(missed) },
});
const begin = (after: number, logId = 'boot 1'): LogLines => ({
  ...{ logId, lines: [], after: [{ source: 'web', sequence: BigInt(after) }] },
});
const lines = (...all: LogLine[]): LogLines => ({ logId: '', after: [], lines: all });
const endOfStored = lines();
const silence = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'gone' });

/**
 * A client whose calls yield these messages, one call after the other; all but the last end with an error.
 */
function client(...calls: readonly (readonly LogLines[])[]) {
  const requests: LogsRequest[] = [];
  const logs = (request: LogsRequest): object => {
    const number = requests.push(request);
    async function* messages() {
      yield* calls[number - 1] ?? [];
      if (number < calls.length) throw silence;
    }
    return Object.assign(messages(), { cancel: () => {} });
  };
  return { client: { logs } as unknown as MachineClient, requests };
}

const options: LogsOptions = { services: [], follow: true, tail: 2, sinceMs: 0n, all: false };

async function read(from: MachineClient, more: Partial<LogsOptions> = {}, alive = true): Promise<string[]> {
  const messages: string[] = [];
  const all = logLines(from, { ...options, ...more }, async () => alive, new AbortController().signal);
  for await (const { message } of all) messages.push(message);
  return messages;
}

test('following continues after a break, with no line lost or repeated', async () => {
  const { client: from, requests } = client(
    [begin(1), lines(line(2, 'b'), line(3, 'c'))],
    // Ends before another line was sent.
    [],
    // Repeats a line that was sent before.
    [begin(3), lines(line(3, 'c'), line(4, 'd'))],
    [begin(4), lines(line(5, 'e'))],
  );
  expect(await read(from)).toEqual(['b', 'c', 'd', 'e']);
  const after = (sequence: bigint) => ({ after: [{ source: 'web', sequence }], logId: 'boot 1' });
  const request = { ...keptLogs, follow: true };
  expect(requests).toEqual([
    { ...request, tail: 2 },
    { ...request, ...after(3n) },
    { ...request, ...after(3n) },
    { ...request, ...after(4n) },
  ]);
});

test('after a reboot the lines of the new boot are read from the first', async () => {
  const { client: from } = client(
    [begin(7), lines(line(8, 'last'))],
    [begin(0, 'boot 2'), lines(line(1, 'first'))],
  );
  expect(await read(from)).toEqual(['last', 'first']);
});

test('lost lines are reported by a line of their own', async () => {
  const { client: from } = client([begin(1), lines(line(2, 'b'), line(12, 'l', 9), line(14, 'n', 1))]);
  expect(await read(from)).toEqual(['b', '9 lines lost', 'l', '1 line lost', 'n']);
});

test('`tail` counts matching lines only, and later lines must match too', async () => {
  const matches = ({ message }: LogLine) => message.startsWith('x');
  const kept = ['x1', 'y', 'x2', 'x3', 'y'].map((message, at) => line(at + 1, message));
  const { client: from, requests } = client([
    begin(0),
    lines(...kept.slice(0, 2)),
    lines(...kept.slice(2)),
    endOfStored,
    lines(line(6, 'y'), line(7, 'x4')),
  ]);
  expect(await read(from, { matches })).toEqual(['x2', 'x3', 'x4']);
  expect(requests[0]?.tail).toBe(0);
  const once = client([begin(0), lines(...kept)]);
  expect(await read(once.client, { matches, follow: false })).toEqual(['x2', 'x3']);
});

test('following ends with the machine', async () => {
  const matches = () => true;
  const once = () => client([begin(0), lines(line(1, 'a'))], []).client;
  expect(await read(once(), {}, false)).toEqual(['a']);
  expect(await read(once(), { matches }, false)).toEqual(['a']);
});

test('no answer is an error, and so is a break without following', async () => {
  const once = () => client([begin(0), lines(line(1, 'a'))], []).client;
  await expect(read(once(), { follow: false })).rejects.toBe(silence);
  await expect(read(client([], []).client)).rejects.toBe(silence);
});
