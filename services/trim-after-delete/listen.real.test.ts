import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testSocket } from '../../test/support/needs.ts';
import { afterDelay } from './after-delay.ts';
import { listen } from './listen.ts';

/** A server that answers as Docker does: headers at once, then a line for each event. */
let server: Server;
let folder: string;
let socket: string;
let answer: (response: ServerResponse) => void;
const asked: (string | undefined)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kit-docker-'));
  socket = testSocket(folder, 'docker.sock');
  asked.length = 0;
  server = createServer(({ url }, response) => {
    asked.push(url);
    answer(response);
  }).listen(socket);
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

const deleted = '{"Type":"image","Action":"delete"}\n';

test('each deletion is told at once, until the engine ends', async () => {
  let response: ServerResponse | undefined;
  answer = (one) => {
    response = one;
    one
      .writeHead(200, { 'Content-Type': 'application/json', Server: 'Docker/26.1.5 (linux)' })
      .flushHeaders();
  };
  const onDeletion = vi.fn();
  const done = listen(socket, new AbortController().signal, onDeletion);
  await vi.waitFor(() => expect(response).toBeDefined(), { timeout: 30_000 });
  response?.write(`{"Type":"image","Action":"tag"}\n${deleted.slice(0, 9)}`);
  response?.write(deleted.slice(9));
  await vi.waitFor(() => expect(onDeletion).toHaveBeenCalledTimes(1), { timeout: 30_000 });
  response?.end(deleted);
  await done;
  expect(onDeletion).toHaveBeenCalledTimes(2);
  expect(asked).toEqual(['/events']);
});

test('what is no Docker engine is named', async () => {
  answer = (response) => response.writeHead(404).end();
  const { signal } = new AbortController();
  await expect(listen(socket, signal, () => {})).rejects.toThrow(/answers with status 404, and no events/);
  await expect(listen(testSocket(folder, 'nobody'), signal, () => {})).rejects.toThrow(
    /Cannot connect to .*ENOENT/,
  );
});

test('a stop ends it', async () => {
  const abort = new AbortController();
  answer = () => abort.abort();
  await expect(listen(socket, abort.signal, () => {})).rejects.toThrow(/aborted/);
});

test('the work is done once for the deletions of its delay, and again for later ones', async () => {
  vi.useFakeTimers();
  try {
    const work = vi.fn(async () => {});
    const call = afterDelay(1000, work);
    for (let n = 0; n < 5; n += 1) call();
    await vi.advanceTimersByTimeAsync(999);
    expect(work).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(work).toHaveBeenCalledTimes(1);
    call();
    await vi.advanceTimersByTimeAsync(1000);
    expect(work).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});
