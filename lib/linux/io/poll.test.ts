import { closeSync, readSync, writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codeOf } from '../../errors/errors.ts';
import { socketPairDescriptors } from '../net/socket-pair.ts';
import { pollDescriptor } from './poll.ts';

function readOnce(fd: number): string {
  try {
    return String(readSync(fd, Buffer.alloc(64)));
  } catch (thrown) {
    return codeOf(thrown) ?? String(thrown);
  }
}

test('after an error, at which libuv stops, the watch is resumed', async () => {
  const [near, far] = socketPairDescriptors();
  const seen: string[] = [];
  const twice = Promise.withResolvers<void>();
  const poll = pollDescriptor(near, () => {
    if (seen.push(readOnce(near)) === 2) twice.resolve();
  });
  poll.want({ readable: true, writable: false });
  // Closed with unread data, the peer resets the connection: ECONNRESET once, then the end of the stream.
  writeSync(near, 'unread');
  closeSync(far);
  await twice.promise;
  await poll.close();
  closeSync(near);
  expect(seen).toEqual(['ECONNRESET', '0']);
});
