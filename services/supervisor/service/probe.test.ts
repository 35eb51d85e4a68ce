import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LogFolder } from '../../../lib/log/folder.ts';
import { LineSplitter } from '../../../lib/log/splitter.ts';
import { LogWriter } from '../../../lib/log/writer.ts';
import { LineWatch } from './line-watch.ts';
import { findFault, type Probed, untilReady } from './probe.ts';

const never = new AbortController().signal;
const silent: Probed = { pid: process.pid, hasLogged: () => false, succeeds: async () => false };

test('a port is ready once somebody listens on it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await pause(20);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  server.close();
  const ready = untilReady({ tcp: port }, silent, never);
  await pause(100);
  server.listen(port, '127.0.0.1');
  expect(await ready).toBe(true);
  server.close();
});

test('a file is ready once it is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-probe-'));
  const ready = untilReady({ file: join(folder, 'up') }, silent, never);
  writeFileSync(join(folder, 'up'), '');
  expect(await ready).toBe(true);
  rmSync(folder, { recursive: true });
});

test('a web server is ready once it answers well', async () => {
  const asked: string[] = [];
  const statuses = [500, 404, 302];
  const server = createHttpServer((request, response) => {
    asked.push(request.url ?? '');
    // Redirections are not followed: whoever answers so is there.
    response.writeHead(statuses.shift() ?? 200, { location: '/elsewhere' }).end('x'.repeat(100_000));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await untilReady({ http: { port, path: '/health?x=1' } }, silent, never)).toBe(true);
  expect(asked).toEqual(Array(3).fill('/health?x=1'));
  server.closeAllConnections();
  await once(server.close(), 'close');
});

test('a service that is still writing its page when it is probed is not cut off', async () => {
  const whole: boolean[] = [];
  const server = createHttpServer(async (_request, response) => {
    response.on('close', () => whole.push(response.writableFinished));
    response.write('x');
    // Time to see that nobody is there any more.
    await pause(50);
    response.end('y');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(await findFault({ http: { port, path: '/' } }, silent)).toBe('');
  await expect.poll(() => whole).toEqual([true]);
  server.close();
});

test('what only the service itself can tell is asked of it', async () => {
  const asked: string[] = [];
  const succeeds = async (command: readonly string[]) => asked.push(command.join(' ')) > 1;
  expect(await untilReady({ exec: ['/bin/ping', 'x'] }, { ...silent, succeeds }, never)).toBe(true);
  expect(asked).toEqual(['/bin/ping x', '/bin/ping x']);
  let lines = 0;
  expect(await untilReady({ log: 'up' }, { ...silent, hasLogged: () => ++lines > 1 }, never)).toBe(true);
});

test('a line counts for the run that wrote it, or that was there before us', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-probe-'));
  const log = new LogWriter(new LogFolder(folder), 'web');
  const lines = (text: string) => new LineSplitter().push(Buffer.from(text));
  const watch = new LineWatch('listening on \\d+$');
  watch.take(lines('starting\nlistening on port\n'));
  expect(watch.found).toBe(false);
  watch.take(lines('listening on 80\n'));
  expect(watch.found).toBe(true);
  watch.reset();
  expect(watch.found).toBe(false);
  log.write('kit', ['listening on 80']);
  watch.catchUp(log);
  expect(watch.found).toBe(false);
  log.write('stderr', ['listening on 80']);
  watch.catchUp(log);
  expect(watch.found).toBe(true);
  new LineWatch(undefined).catchUp(log);
  log.close();
  rmSync(folder, { recursive: true });
});

test('the end of the run ends the probing', async () => {
  const abort = new AbortController();
  const ready = untilReady({ file: '/nonexistent/file' }, silent, abort.signal);
  abort.abort();
  expect(await ready).toBe(false);
});

test('a fault says what is wrong with what was asked', async () => {
  const answers = createHttpServer((_, response) => response.writeHead(503).end());
  await once(answers.listen(0, '127.0.0.1'), 'listening');
  const address = answers.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const http = { port, path: '/health' };
  expect(await findFault({ http }, silent)).toBe(`port ${port} answers /health with 503`);
  expect(await findFault({ tcp: port }, silent)).toBe('');
  answers.closeAllConnections();
  await once(answers.close(), 'close');
  expect(await findFault({ tcp: port }, silent)).toBe(`port ${port} refuses connections`);
  expect(await findFault({ http }, silent)).toBe(`port ${port} refuses connections`);
  expect(await findFault({ file: '/nonexistent' }, silent)).toBe('/nonexistent is not there');
  expect(await findFault({ exec: ['/bin/ping', 'x'] }, silent)).toBe('"/bin/ping x" does not succeed');
  expect(await findFault({ tcp: port }, { ...silent, pid: 2 ** 22 - 1 })).toMatch(
    /cannot be reached: .*ENOENT/,
  );
});
