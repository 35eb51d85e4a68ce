import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { freePort, kit, Machine } from './machine.ts';

test('examples/redis.yml answers a client on the published port', async () => {
  const port = await freePort();
  await using machine = await Machine.boot('examples/redis.yml', ['--publish', `${port}:6379`]);
  expect(await ask(port, 'PING\r\n'), await machine.describe('redis')).toBe('+PONG\r\n');
  expect(await ask(port, 'SET name kit\r\n')).toBe('+OK\r\n');
  expect(await ask(port, 'GET name\r\n')).toBe('$3\r\nkit\r\n');
});

test("examples/node-app.yml runs a user's own service, and runs it again after a crash", async () => {
  const port = await freePort();
  await using machine = await Machine.boot('examples/node-app.yml', ['--publish', `${port}:8080`]);
  const get = async (path: string): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  expect(await get('/'), await machine.describe('node-app')).toMatch(/^Hello from TypeScript, kit-/);

  await get('/crash');
  const after = await machine.until(
    'restarted',
    () => machine.service('node-app'),
    ({ restarts, state }) => restarts === 1 && state === 'ready',
  );
  expect(after.lastExit).toBe('exit status 1');
  expect(await get('/')).toMatch(/^Hello from TypeScript/);

  const { stdout } = await kit('logs', machine.name, 'node-app');
  expect(stdout).toContain('Error: asked to crash');
  expect(stdout, 'the stack names the line of the TypeScript file').toMatch(/main\.ts:\d+:\d+/);
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
