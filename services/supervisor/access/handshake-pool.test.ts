import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HandshakePool } from './handshake-pool.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function pool(total: number, source: number) {
  const dropped: string[] = [];
  const handshakes = new HandshakePool((from, why) => dropped.push(`${from}: ${why}`), {
    total,
    source,
    ms: 10,
  });
  const add = (from: string): Socket => {
    const socket = new Socket();
    handshakes.add(socket, from);
    return socket;
  };
  return { dropped, handshakes, add };
}

test('of one source, the oldest connection gives way', () => {
  const { dropped, handshakes, add } = pool(10, 2);
  const [first, second, third] = [add('a'), add('a'), add('a')];
  expect([first, second, third].map(({ destroyed }) => destroyed)).toEqual([true, false, false]);
  expect(dropped).toEqual(['a: 2 handshakes of this source are not finished']);
  expect(handshakes.size).toBe(2);
});

test('in a full pool, the oldest of the source with the most gives way', () => {
  const { handshakes, add } = pool(4, 10);
  const good = add('good');
  const bad = [add('bad'), add('bad'), add('bad')];
  const late = add('late');
  expect([good, ...bad, late].map(({ destroyed }) => destroyed)).toEqual([false, true, false, false, false]);
  handshakes.done(good);
  vi.advanceTimersByTime(10);
  expect([good, late].map(({ destroyed }) => destroyed)).toEqual([false, true]);
});

test('a handshake has a time limit, whatever bytes come', () => {
  const { dropped, handshakes, add } = pool(10, 10);
  const slow = add('a');
  vi.advanceTimersByTime(9);
  expect(slow.destroyed).toBe(false);
  vi.advanceTimersByTime(1);
  expect([slow.destroyed, handshakes.size]).toEqual([true, 0]);
  expect(dropped).toEqual(['a: its handshake took too long']);
});
