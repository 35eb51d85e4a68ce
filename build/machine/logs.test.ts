import { expect, test } from 'vitest';
import type { LogLine } from '../../lib/control/generated/control.ts';
import type { MachineClient } from './client.ts';
import { logLines } from './logs.ts';

const line = (timeMs: number, message: string): LogLine => ({
  timeMs: BigInt(timeMs),
  source: 'web',
  stream: 'stdout',
  message,
});
const silence = Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: 'gone' });

/**
 * A client whose calls give these lines, one call after the other, and end with an error but for the last.
 */
function client(...calls: readonly (readonly LogLine[])[]): { client: MachineClient; asked: object[] } {
  const asked: object[] = [];
  const logs = (request: object): object => {
    const number = asked.push(request);
    async function* lines() {
      yield* calls[number - 1] ?? [];
      if (number < calls.length) throw silence;
    }
    return Object.assign(lines(), { cancel: () => {} });
  };
  return { client: { logs } as unknown as MachineClient, asked };
}

async function read(from: MachineClient, { follow = true, alive = true } = {}): Promise<string[]> {
  const wanted = { service: '', follow, tail: 2 };
  const messages: string[] = [];
  for await (const { message } of logLines(from, wanted, async () => alive, new AbortController().signal))
    messages.push(message);
  return messages;
}

test('following goes on after a break, with no line lost or told twice', async () => {
  const kept = [line(1, 'a'), line(2, 'b'), line(5, 'c'), line(5, 'd')];
  const { client: from, asked } = client(
    kept.slice(1),
    [...kept, line(5, 'e'), line(6, 'f')],
    [...kept, line(6, 'f'), line(7, 'g')],
  );
  expect(await read(from)).toEqual(['b', 'c', 'd', 'e', 'f', 'g']);
  expect(asked).toEqual([
    { service: '', follow: true, tail: 2 },
    ...Array(2).fill({ service: '', follow: true, tail: 0 }),
  ]);
});

test('a break that nothing comes after is an error', async () => {
  await expect(read(client([line(1, 'a')], []).client, { alive: false })).rejects.toBe(silence);
  await expect(read(client([line(1, 'a')], []).client, { follow: false })).rejects.toBe(silence);
  await expect(read(client([], []).client)).rejects.toBe(silence);
});
