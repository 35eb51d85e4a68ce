import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { fetchBody, shownUrl } from './fetch.ts';
import { readManifests } from './read.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** The root address of a server of this machine that answers so. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener).listen(0, '127.0.0.1');
  server = started;
  await new Promise((resolve) => started.once('listening', resolve));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

const read = (url: string) => readManifests([url], { cwd: '/folder' });

test('a manifest is read from an address; its relative paths mean the current folder', async () => {
  const url = await serve((_request, answer) => void answer.end('init: [pkg/init]'));
  const [init] = (await read(`${url}/x.yml`)).init;
  expect(init).toMatchObject({ value: 'pkg/init', origin: { file: `${url}/x.yml`, folder: '/folder' } });
});

test('redirects are followed', async () => {
  const url = await serve((request, answer) => {
    if (request.url === '/new') answer.end('init: [a]');
    else answer.writeHead(302, { location: '/new' }).end();
  });
  expect((await read(`${url}/old`)).init).toHaveLength(1);
});

test('a password is sent and not shown', async () => {
  const url = await serve((request, answer) => {
    answer.end(`init: ["${request.headers.authorization?.replace(' ', '-')}"]`);
  });
  const [init] = (await read(url.replace('//', '//me:p%40ss@'))).init;
  expect(init?.value).toBe(`Basic-${Buffer.from('me:p@ss').toString('base64')}`);
  expect(init?.origin.file).not.toContain('me:');
});

test('mistakes of a fetched manifest have their place', async () => {
  const url = await serve((_request, answer) => void answer.end('inits: []'));
  const failed = await read(`${url}/x.yml`).catch((thrown) => thrown);
  expect(failed.errors[0].place).toMatchObject({ file: `${url}/x.yml`, line: 1, column: 1 });
});

test.each<[string, RequestListener, string]>([
  ['a missing page', (_, answer) => void answer.writeHead(404).end('x'), 'the server answers 404 Not Found'],
  [
    'a server that fails',
    (_, answer) => void answer.writeHead(503).end(),
    'the server answers 503 Service Unavailable',
  ],
  [
    'a circle of redirects',
    (_, answer) => void answer.writeHead(302, { location: '/' }).end(),
    'redirect count exceeded',
  ],
  ['a broken connection', (request) => void request.socket.destroy(), 'the connection broke off'],
  [
    'an answer that breaks off',
    (_, answer) => {
      answer.writeHead(200, { 'content-length': '1000' }).write('init:');
      setTimeout(() => answer.destroy(), 50);
    },
    'the connection broke off',
  ],
])('%s is one clear error', async (_title, listener, reason) => {
  const url = await serve(listener);
  await expect(read(`${url}/`)).rejects.toThrow(`Cannot fetch "${url}/": ${reason}`);
});

test('an endless answer is given up', async () => {
  const piece = Buffer.alloc(1 << 20, '#');
  const url = await serve((_request, answer) => {
    const more = (error?: Error | null): void => {
      if (!error && !answer.destroyed) answer.write(piece, more);
    };
    more();
  });
  await expect(read(url)).rejects.toThrow(`Cannot read "${url}": it is longer than a manifest can be`);
});

test.each<[string, RequestListener]>([
  ['no answer at all', () => {}],
  ['an answer that never ends', (_, answer) => void answer.write('init:')],
])('%s ends with a time-out', async (_title, listener) => {
  const url = await serve(listener);
  const whole = async (): Promise<void> => {
    for await (const _ of await fetchBody(url, { timeoutMs: 100 }));
  };
  await expect(whole()).rejects.toThrow(`Cannot fetch "${url}": no answer in 0.1 s`);
});

test('a port where nobody listens is told as such', async () => {
  const url = await serve(() => {});
  await new Promise((resolve) => server?.close(resolve));
  await expect(read(url)).rejects.toThrow(`Cannot fetch "${url}": nobody listens there`);
});

test('an interruption ends the wait', async () => {
  const url = await serve(() => {});
  const stop = new AbortController();
  const reading = readManifests([url], { cwd: '/', signal: stop.signal });
  stop.abort(new Error('Interrupted'));
  await expect(reading).rejects.toThrow('Interrupted');
});

test.each([
  ['http://nothing.invalid/x', /no such host|the name server does not answer/],
  ['http://', 'it is no address'],
  ['http://[/x', 'it is no address'],
])('%s is refused', async (url, reason) => {
  const failed = await read(url).catch((thrown) => thrown);
  expect(failed.message).toMatch(reason);
});

test('an address is shown without what it keeps secret', () => {
  expect(shownUrl('https://me:pass@x.example/a?b#c')).toBe('https://x.example/a?b#c');
  expect(shownUrl('https://x.example/a@b')).toBe('https://x.example/a@b');
});
