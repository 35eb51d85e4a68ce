import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { findFault, type ProbeTarget, untilReady } from './probe.ts';

const never = new AbortController().signal;
const failing: ProbeTarget = { pid: process.pid, hasLogged: () => false, succeeds: async () => false };

test('a tcp probe passes once a process listens on the port', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await pause(20);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  server.close();
  const ready = untilReady({ tcp: port }, failing, never);
  await pause(100);
  server.listen(port, '127.0.0.1');
  expect(await ready).toBe(true);
  server.close();
});

test('a file probe passes once the file exists', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-probe-'));
  const ready = untilReady({ file: join(folder, 'up') }, failing, never);
  writeFileSync(join(folder, 'up'), '');
  expect(await ready).toBe(true);
  rmSync(folder, { recursive: true });
});

test('an http probe passes once the status is 2xx or 3xx', async () => {
  const requested: string[] = [];
  const statuses = [500, 404, 302];
  const server = createHttpServer((request, response) => {
    requested.push(request.url ?? '');
    // Redirections are not followed.
    response.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end('x'.repeat(100_000));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await untilReady({ http: { port, path: '/health?x=1' } }, failing, never)).toBe(true);
  expect(requested).toEqual(Array(3).fill('/health?x=1'));
  server.closeAllConnections();
  await once(server.close(), 'close');
});

test('a response that is still being written is not cut off', async () => {
  const isFinished: boolean[] = [];
  const server = createHttpServer(async (_request, response) => {
    response.on('close', () => isFinished.push(response.writableFinished));
    response.write('x');
    // Long enough to notice a closed connection.
    await pause(50);
    response.end('y');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await findFault({ http: { port, path: '/' } }, failing)).toBe('');
  await expect.poll(() => isFinished, { timeout: 90_000 }).toEqual([true]);
  server.close();
});

test('exec and log probes query the service until they pass', async () => {
  const commands: string[] = [];
  const succeeds = async (command: readonly string[]) => commands.push(command.join(' ')) > 1;
  expect(await untilReady({ exec: ['/bin/ping', 'x'] }, { ...failing, succeeds }, never)).toBe(true);
  expect(commands).toEqual(['/bin/ping x', '/bin/ping x']);
  let lines = 0;
  expect(await untilReady({ log: 'up' }, { ...failing, hasLogged: () => ++lines > 1 }, never)).toBe(true);
});

test('probing ends when it is aborted', async () => {
  const abort = new AbortController();
  const ready = untilReady({ file: '/nonexistent/file' }, failing, abort.signal);
  abort.abort();
  expect(await ready).toBe(false);
});

test('a failed probe returns its reason', async () => {
  const answers = createHttpServer((_, response) => response.writeHead(503).end());
  await once(answers.listen(0, '127.0.0.1'), 'listening');
  const address = answers.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const http = { port, path: '/health' };
  expect(await findFault({ http }, failing)).toBe(`port ${port} answers /health with 503`);
  expect(await findFault({ tcp: port }, failing)).toBe('');
  answers.closeAllConnections();
  await once(answers.close(), 'close');
  expect(await findFault({ tcp: port }, failing)).toBe(`port ${port} refuses connections`);
  expect(await findFault({ http }, failing)).toBe(`port ${port} refuses connections`);
  expect(await findFault({ file: '/nonexistent' }, failing)).toBe('/nonexistent is not there');
  expect(await findFault({ exec: ['/bin/ping', 'x'] }, failing)).toBe('"/bin/ping x" does not succeed');
  expect(await findFault({ tcp: port }, { ...failing, pid: 2 ** 22 - 1 })).toMatch(
    /cannot be reached: .*ENOENT/,
  );
});
