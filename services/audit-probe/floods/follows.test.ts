import type { ClientHttp2Stream } from 'node:http2';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { Follows } from './follows.ts';

/** As Node's streams of HTTP/2 do it: headers, then the end. */
class Call extends PassThrough {
  readonly asStream = this as unknown as ClientHttp2Stream;

  /** The first headers of an answer; a refusal has its status in them. */
  answered(status?: string): this {
    this.emit('response', { ':status': 200, ...(status && { 'grpc-status': status }) });
    if (status) this.emit('close');
    return this;
  }
}

const isOver = (follows: Follows): Promise<boolean> =>
  Promise.race([follows.over.then(() => true), Promise.resolve().then(() => Promise.resolve(false))]);

function flooded(count: number): { follows: Follows; calls: Call[] } {
  const follows = new Follows(8);
  const calls = Array.from({ length: count }, () => new Call());
  for (const call of calls) follows.add(call.asStream);
  return { follows, calls };
}

test('a server with a limit: it is over when all other calls were refused', async () => {
  const { follows, calls } = flooded(20);
  for (const call of calls.slice(0, 4)) call.answered();
  for (const call of calls.slice(5)) call.answered('8');
  // One has no answer yet.
  expect(await isOver(follows)).toBe(false);
  calls[4]?.answered('8');
  expect(await isOver(follows)).toBe(true);
  expect([follows.made, follows.most]).toEqual([20, 4]);
});

test('a server without: it is over when enough are served at one time', async () => {
  const { follows, calls } = flooded(20);
  for (const call of calls.slice(0, 8)) call.answered();
  calls[0]?.emit('close');
  calls[8]?.answered();
  expect([await isOver(follows), follows.most]).toEqual([false, 8]);
  calls[9]?.answered();
  expect([await isOver(follows), follows.most]).toEqual([true, 9]);
});

test('a server that breaks every connection serves nothing', async () => {
  const { follows, calls } = flooded(3);
  for (const call of calls) call.emit('close');
  expect([await isOver(follows), follows.most]).toEqual([true, 0]);
});
