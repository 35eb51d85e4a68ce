import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { testSocket } from '../../../test/support/needs.ts';
import { type Cache, openCache } from '../../cache/cache.ts';
import { discard } from '../../registry/body.ts';
import { testWork } from '../../testing.ts';
import { dockerImage } from './docker-engine.ts';

let dir: string;
let cache: Cache;
let server: Server;
let socketPath: string;
/** The engine's response to a request for the archive. */
let send: (response: ServerResponse) => void;

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-docker-'));
  socketPath = testSocket(dir, 'docker.sock');
  cache = openCache(join(dir, 'cache'));
  server = createServer(({ url }, response) => {
    if (url?.endsWith('/json')) response.end('{"Id":"sha256:1","Size":1000}');
    else send(response);
  }).listen(socketPath);
  await once(server, 'listening');
});
afterEach(async () => {
  await cache.close();
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true, force: true });
});

const image = (): Promise<boolean> =>
  dockerImage('docker.io/a:1', testWork({ cache, env: { DOCKER_HOST: `unix://${socketPath}` } }));

async function archive(): Promise<Buffer> {
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const list = JSON.stringify([{ Config: 'c.json', RepoTags: ['a:1'], Layers: [] }]);
  const entries = [textEntry('c.json', config), textEntry('manifest.json', list)];
  return Buffer.concat(await Array.fromAsync(tarBytes(entries)));
}

/** Resolves to whether the client read all of it before it closed the connection. */
async function taken(response: ServerResponse, bytes: Buffer, times: number): Promise<boolean> {
  for (let at = 0; at < times && !response.destroyed; at += 1)
    if (!response.write(bytes)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
  return !response.destroyed;
}

test('an archive with padding is read to its end', async () => {
  const bytes = await archive();
  const { promise: isComplete, resolve } = Promise.withResolvers<boolean>();
  send = async (response) => {
    response.write(bytes);
    await turn();
    resolve(await taken(response, Buffer.alloc(1 << 20), 8));
    response.end();
  };
  expect(await image()).toBe(true);
  expect(await isComplete).toBe(true);
});

test('an engine that sends far more than it has said is refused', async () => {
  const { promise: isTaken, resolve } = Promise.withResolvers<boolean>();
  send = async (response) => {
    const { value: first } = await tarBytes([tarEntry({ path: 'x', size: 2 ** 33 - 1, body: [] })]).next();
    response.write(first);
    resolve(await taken(response, Buffer.alloc(4 << 20), 1 << 12));
  };
  await expect(image()).rejects.toMatchObject({
    name: 'KitError',
    message: expect.stringMatching(/: it grows beyond twice the 1000 bytes that the engine says it has$/),
  });
  expect(await isTaken).toBe(false);
}, 60_000);

test.each([
  ['in the middle of the archive', 700],
  ['after its end', undefined],
])('an engine that closes the connection %s causes a KitError', async (_title, end) => {
  const bytes = (await archive()).subarray(0, end);
  send = (response) => {
    response.writeHead(200, { 'content-length': '100000' });
    response.write(bytes, () => response.destroy());
  };
  await expect(image()).rejects.toMatchObject({
    name: 'KitError',
    message: `Cannot look for image "docker.io/a:1" in Docker at "${socketPath}": the connection broke off`,
  });
});

test('an unused response is read to its end, up to a limit', async () => {
  const answer = async (): Promise<IncomingMessage> => {
    const [message] = await once(get({ socketPath, path: '/x' }), 'response');
    return message;
  };
  send = (response) => void response.end(Buffer.alloc(1 << 19));
  const short = await answer();
  discard(short);
  await once(short, 'close');
  expect(short.readableEnded).toBe(true);
  const { promise: isComplete, resolve } = Promise.withResolvers<boolean>();
  send = async (response) => resolve(await taken(response, Buffer.alloc(1 << 20), 1000));
  discard(await answer());
  expect(await isComplete).toBe(false);
});
