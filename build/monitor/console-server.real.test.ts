import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testSocket } from '../../test/support/needs.ts';
import { ConsoleServer } from './console-server.ts';

/** Long, for busy hosts; the events themselves take milliseconds. */
const soon = { timeout: 90_000 };
let dir: string;
let log: string;
let path: string;
let typed: string;
let server: ConsoleServer;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kit-console-'));
  log = join(dir, 'console.log');
  path = testSocket(dir, 'console.sock');
  typed = '';
  server = new ConsoleServer(log, (bytes) => {
    typed += Buffer.from(bytes);
  });
  await server.listen(path);
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true });
});

async function view(): Promise<{ socket: Socket; seen: () => string; closed: Promise<unknown> }> {
  const socket = connect(path);
  let text = '';
  socket.on('data', (bytes) => {
    text += bytes;
  });
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  return { socket, seen: () => text, closed };
}

/** As an instance does: both at once. */
function print(text: string): void {
  appendFileSync(log, text);
  server.output(Buffer.from(text));
}

test('several viewers see the last screen and all output, and all may type', async () => {
  await writeFile(log, `${'an old line\n'.repeat(1000)}# `);
  const [first, second] = [await view(), await view()];
  await expect.poll(first.seen, soon).toMatch(/^(?:an old line\n)+# $/);
  expect(first.seen().length).toBeLessThanOrEqual(4096);
  await expect.poll(second.seen, soon).toBe(first.seen());
  const before = first.seen();
  print('one\n');
  for (const { seen } of [first, second]) await expect.poll(seen, soon).toBe(`${before}one\n`);
  first.socket.write('l');
  await expect.poll(() => typed, soon).toBe('l');
  second.socket.write('s');
  await expect.poll(() => typed, soon).toBe('ls');
});

test('the last screen, shown again, makes no terminal answer, or write to its clipboard', async () => {
  await writeFile(log, 'a\x1b]52;c;cm0gLXJmIH4=\x07b\x1b[21tc\x1b[6n\x1bP$q"p\x1b\\d\x9b21te\r\n# ');
  const { seen } = await view();
  await expect.poll(seen, soon).toBe('abcde\r\n# ');
});

test('a viewer who leaves or does not read hinders nobody', async () => {
  await writeFile(log, 'up');
  const [gone, deaf, good] = [await view(), await view(), await view()];
  // Whoever has the first bytes is served.
  for (const { seen } of [gone, deaf, good]) await expect.poll(seen, soon).toBe('up');
  gone.socket.destroy();
  deaf.socket.pause();
  for (let part = 1; part <= 16; part += 1) {
    server.output(Buffer.alloc(1 << 18, 'x'));
    await expect.poll(() => good.seen().length, soon).toBe(2 + (part << 18));
  }
});

test('viewers get the last output before they are disconnected', async () => {
  const one = await view();
  await expect.poll(one.seen, soon).toBe('');
  print('reboot: Power down\n');
  await server.close();
  await one.closed;
  expect(one.seen()).toBe('reboot: Power down\n');
});
