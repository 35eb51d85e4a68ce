import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testWork } from '../testing.ts';
import { fetchDebs, GoneError } from './fetch.ts';
import { emptyDebianLock, readDebianLock, writeDebianLock } from './lock-file.ts';
import { fetchLockedPackages } from './locked-packages.ts';
import { debianSource, type LockedPackage } from './source.ts';

/** What a server answers; it gets the number of the request, from 1. */
type Answer = (request: IncomingMessage, response: ServerResponse, turn: number) => void;

let dir: string;
let servers: Server[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-fetch-'));
  servers = [];
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(dir, { recursive: true });
});

async function serve(answer: Answer): Promise<string> {
  let turn = 0;
  const server = createServer((request, response) => {
    turn += 1;
    answer(request, response, turn);
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/debian`;
}

const content = 'the package';
const locked: LockedPackage = {
  ...{
    name: 'aa',
    version: '1:2.0+b1',
    architecture: 'amd64',
    filename: 'pool/main/a/aa/aa_2.0+b1_amd64.deb',
  },
  ...{ size: content.length, sha256: createHash('sha256').update(content).digest('hex') },
};

const missing: Answer = (_request, response) => void response.writeHead(404).end();
const there: Answer = ({ url }, response) => {
  const right = url === '/debian/pool/main/a/aa/aa_2.0%2Bb1_amd64.deb';
  response.writeHead(right ? 200 : 400).end(right ? content : url);
};

/** Fetches the package with these addresses, and resolves to what is then in the cache. */
async function fetched(mirror: string, ...snapshots: string[]): Promise<string> {
  const env = { KIT_DEBIAN_MIRROR: mirror, KIT_DEBIAN_SNAPSHOT: snapshots.join(' ') };
  const [file = ''] = await fetchDebs([locked], testWork({ cacheDir: join(dir, 'cache'), env }));
  return readFileSync(file, 'utf8');
}

/** An address at which nobody listens. */
async function closed(): Promise<string> {
  const address = await serve(missing);
  const server = servers.pop();
  server?.close();
  if (server) await once(server, 'close');
  return address;
}

test('a package comes from the mirror', async () => {
  expect(await fetched(await serve(there))).toBe(content);
});

test.each(['a mirror that lacks the version', 'a mirror that is down', 'a mirror with another file'])(
  '%s: the archive of old versions is asked, and then the next one',
  async (title) => {
    const other: Answer = (_request, response) => void response.end('The package');
    const mirrors = [await serve(missing), await closed(), await serve(other)];
    const mirror = mirrors[['lacks', 'down', 'another'].findIndex((word) => title.includes(word))] ?? '';
    expect(await fetched(mirror, await serve(missing), await serve(there))).toBe(content);
  },
);

test('a redirect is followed', async () => {
  const last = await serve(there);
  const first = await serve(({ url }, response) => {
    response.writeHead(302, { location: `${last.replace('/debian', '')}${url}` }).end();
  });
  expect(await fetched(first)).toBe(content);
});

test.each<[string, Answer]>([
  [
    'breaks off',
    (_request, response) => {
      response.writeHead(200, { 'content-length': String(content.length) });
      response.write('the');
      setImmediate(() => response.destroy());
    },
  ],
  ['answers 503', (_request, response) => void response.writeHead(503).end()],
])('a download that %s is tried again', async (_title, fail) => {
  expect(await fetched(await serve((...args) => (args[2] < 3 ? fail(...args) : there(...args))))).toBe(
    content,
  );
});

test.each<[string, Answer, RegExp]>([
  [
    'with other bytes',
    (_request, response) => void response.end('The package'),
    /: its file of aa has the sha256 "[0-9a-f]{64}", not the locked "[0-9a-f]{64}"$/,
  ],
  [
    'that sends too much',
    (_request, response) => void response.end(content.repeat(2)),
    /: it sends more than 11 bytes of "pool\/main\/a\/aa\/aa_2\.0\+b1_amd64\.deb"$/,
  ],
  [
    'that asks for a password',
    (_request, response) => void response.writeHead(401).end(),
    /: it answered 401 for /,
  ],
  [
    'that redirects for ever',
    ({ url }, response) => void response.writeHead(301, { location: url ?? '' }).end(),
    /: it redirects ".*" more than 5 times$/,
  ],
  [
    'that redirects to a file',
    (_request, response) => void response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
    /: it answered 301 for /,
  ],
])('a mirror %s is an error, and nothing is kept', async (_title, answer, reason) => {
  const address = (await serve(answer)).replace('http://', 'http://me:secret@');
  const failed = await fetched(address).catch((thrown: unknown) => thrown);
  expect(failed).toMatchObject({
    message: expect.stringMatching(/^Cannot use the Debian mirror "http:\/\/127\.0\.0\.1:\d+\/debian": /),
    hint: '"kit config set debian.mirror" or KIT_DEBIAN_MIRROR names another mirror',
  });
  expect(String(failed)).toMatch(reason);
  expect(readdirSync(join(dir, 'cache/debs'))).toEqual([]);
});

test('only when every archive lacks the version is it gone', async () => {
  await expect(fetched(await serve(missing), await serve(missing))).rejects.toThrow(GoneError);
  await expect(fetched(await serve(missing), await closed())).rejects.toThrow(/connection refused$/);
  await expect(fetched(await serve(missing))).rejects.toMatchObject({
    message: 'Cannot fetch aa 1:2.0+b1: the Debian mirror no longer has it',
    hint: expect.stringContaining('KIT_DEBIAN_SNAPSHOT'),
  });
});

test('with an archive of old versions, an old lock goes on building and is not changed', async () => {
  const source = debianSource({ packages: ['aa'] });
  const lockFile = join(dir, 'old.lock.json');
  await writeDebianLock(lockFile, emptyDebianLock(source), 'amd64', [locked]);
  const env = { KIT_DEBIAN_MIRROR: await serve(missing), KIT_DEBIAN_SNAPSHOT: await serve(there) };
  const work = testWork({ cacheDir: join(dir, 'cache'), env, arch: 'amd64' });
  const resolve = () => Promise.reject(new Error('the lock is renewed'));
  const { packages } = await fetchLockedPackages({ source, lockFile, resolve }, work);
  expect(packages).toEqual([locked]);
  expect((await readDebianLock(lockFile, source))?.packages.amd64).toEqual([locked]);
});

test('without a mirror, an archive of old versions is enough', async () => {
  const env = { KIT_DEBIAN_SNAPSHOT: await serve(there), KIT_CONFIG: join(dir, 'none.yml') };
  const [file = ''] = await fetchDebs([locked], testWork({ cacheDir: join(dir, 'cache'), env }));
  expect(readFileSync(file, 'utf8')).toBe(content);
});
