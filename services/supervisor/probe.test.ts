import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { untilReady } from './probe.ts';

const never = new AbortController().signal;

test('a port is ready once somebody listens on it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await pause(20);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  server.close();
  const ready = untilReady({ tcp: port }, never);
  await pause(100);
  server.listen(port, '127.0.0.1');
  expect(await ready).toBe(true);
  server.close();
});

test('a file is ready once it is there', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-probe-'));
  const ready = untilReady({ file: join(folder, 'up') }, never);
  writeFileSync(join(folder, 'up'), '');
  expect(await ready).toBe(true);
  rmSync(folder, { recursive: true });
});

test('the end of the run ends the probing', async () => {
  const abort = new AbortController();
  const ready = untilReady({ file: '/nonexistent/file' }, abort.signal);
  abort.abort();
  expect(await ready).toBe(false);
});
