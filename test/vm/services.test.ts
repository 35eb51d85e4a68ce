import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, Machine } from './machine.ts';

test('examples/redis.yml answers a client on the published port', async () => {
  const port = await freePort();
  await using machine = await Machine.boot('examples/redis.yml', ['--publish', `${port}:6379`]);
  expect(await ask(port, 'PING\r\n'), await machine.describe('redis')).toBe('+PONG\r\n');
  expect(await ask(port, 'SET name kit\r\n')).toBe('+OK\r\n');
  expect(await ask(port, 'GET name\r\n')).toBe('$3\r\nkit\r\n');
});

/** Sends one line and resolves to the first answer. */
function ask(port: number, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(line));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
}
