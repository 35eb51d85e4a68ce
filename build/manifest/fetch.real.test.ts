import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchBody, shownUrl } from './fetch.ts';
import { readManifests } from './read.ts';

let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** The URL of a local server with this listener. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener).listen(0, '127.0.0.1');
  server = started;
  await new Promise((resolve) => started.once('listening', resolve));
  const address = started.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

const read = (url: string) => readManifests([url], { cwd: '/folder' });

test('a manifest is read from a URL; relative paths in it are relative to the current folder', async () => {
  const url = await serve((_request, answer) => void answer.end('init: [pkg/init]'));
  const [init] = (await read(`${url}/x.yml`)).init;
  expect(init).toMatchObject({
    value: { text: 'pkg/init' },
    origin: { file: `${url}/x.yml`, folder: '/folder' },
  });
});

test('redirects are followed', async () => {
  const url = await serve((request, answer) => {
    if (request.url === '/new') answer.end('init: [a]');
    else answer.writeHead(302, { location: '/new' }).end();
  });
  expect((await read(`${url}/old`)).init).toHaveLength(1);
});

test('a password is sent, but not shown in messages', async () => {
  const url = await serve((request, answer) => {
    answer.end(`files: [{path: a, contents: "${request.headers.authorization}"}]`);
  });
  const [file] = (await read(url.replace('//', '//me:p%40ss@'))).files;
  expect(file?.value.contents).toBe(`Basic ${Buffer.from('me:p@ss').toString('base64')}`);
  expect(file?.origin.file).not.toContain('me:');
});

test.each([
  ['files: [{path: /id, source: ~/id_rsa}]', '~/id_rsa'],
  ['files: [{path: /id, source: /etc/shadow, optional: true}]', '/etc/shadow'],
  ['init: [./a]', './a'],
  ['init: ["oci-archive:/x.tar"]', 'oci-archive:/x.tar'],
  ['kernel: {image: /home/u/kernel}', '/home/u/kernel'],
  ['volumes: [{name: v, image: ./secret}]', './secret'],
  ['volumes: [{name: v, image: "oci:/srv/x"}]', 'oci:/srv/x'],
  ['init: [pkg/../../secret]', 'pkg/../../secret'],
  ['services: [{name: a, image: "../secret"}]', '../secret'],
  ['services: [{name: a, image: "@pkg:./secret"}]', '@pkg:./secret'],
])('a manifest of another host names no file of this one: %s', async (text, file) => {
  const url = await serve((_request, answer) => void answer.end(text));
  const failed = await read(`${url}/x.yml`).catch((thrown) => thrown);
  expect(failed, 'the manifest is taken').toHaveProperty('errors');
  expect(failed.errors[0]).toMatchObject({
    message: expect.stringMatching(
      /^Cannot (?:use|resolve) ".*": a manifest of another host may not name files/,
    ),
    hint: 'download the manifest, and read it before you use it',
    place: { file: `${url}/x.yml`, line: 1 },
  });
  expect(failed.errors[0].message).toContain(`"${file}"`);
});

test('a password goes to no other server', async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve((request, answer) => {
    seen.push(request.headers.authorization);
    answer.end('init: [a]');
  });
  const first = server;
  const url = await serve((_request, answer) => void answer.writeHead(302, { location: other }).end());
  await read(url.replace('//', '//me:secret@'));
  first?.close();
  expect(seen).toEqual([undefined]);
});

test('a redirect from https to http is not followed: anybody on the way could answer', async () => {
  const asked: string[] = [];
  const answers = vi.spyOn(globalThis, 'fetch').mockImplementation(async (url) => {
    asked.push(String(url));
    return asked.length === 1
      ? new Response(null, { status: 302, headers: { location: 'http://evil.example/x.yml' } })
      : new Response('init: [a]');
  });
  await expect(read('https://good.example/x.yml')).rejects.toThrow(
    'it redirects to "evil.example" without TLS',
  );
  expect(asked).toEqual(['https://good.example/x.yml']);
  answers.mockRestore();
});

test('errors in a fetched manifest have positions', async () => {
  const url = await serve((_request, answer) => void answer.end('inits: []'));
  const failed = await read(`${url}/x.yml`).catch((thrown) => thrown);
  expect(failed.errors[0].place).toMatchObject({ file: `${url}/x.yml`, line: 1, column: 1 });
});

test.each<[string, RequestListener, string]>([
  [
    'a missing page',
    (_, answer) => void answer.writeHead(404).end('x'),
    'the server responded 404 Not Found',
  ],
  [
    'a server that fails',
    (_, answer) => void answer.writeHead(503).end(),
    'the server responded 503 Service Unavailable',
  ],
  [
    'a redirect loop',
    (_, answer) => void answer.writeHead(302, { location: '/' }).end(),
    'it redirects more than 5 times',
  ],
  ['a broken connection', (request) => void request.socket.destroy(), 'the connection was closed early'],
  [
    'a response that is cut off',
    (_, answer) => {
      answer.writeHead(200, { 'content-length': '1000' }).write('init:');
      setTimeout(() => answer.destroy(), 50);
    },
    'the connection was closed early',
  ],
])('%s is one clear error', async (_title, listener, reason) => {
  const url = await serve(listener);
  await expect(read(`${url}/`)).rejects.toThrow(`Cannot fetch "${url}/": ${reason}`);
});

test('an endless response is rejected', async () => {
  const piece = Buffer.alloc(1 << 20, '#');
  const url = await serve((_request, answer) => {
    const more = (error?: Error | null): void => {
      if (!error && !answer.destroyed) answer.write(piece, more);
    };
    more();
  });
  await expect(read(url)).rejects.toThrow(`Cannot read "${url}": it has more than 4194304 bytes`);
});

test.each<[string, RequestListener]>([
  ['no response', () => {}],
  ['a response that never ends', (_, answer) => void answer.write('init:')],
])('%s: the request times out', async (_title, listener) => {
  const url = await serve(listener);
  const whole = async (): Promise<void> => {
    for await (const _ of await fetchBody(url, { timeoutMs: 100 }));
  };
  await expect(whole()).rejects.toThrow(`Cannot fetch "${url}": no response within 0.1 s`);
});

test('connection refused', async () => {
  const url = await serve(() => {});
  await new Promise((resolve) => server?.close(resolve));
  await expect(read(url)).rejects.toThrow(`Cannot fetch "${url}": connection refused`);
});

test('an abort ends the request', async () => {
  const url = await serve(() => {});
  const stop = new AbortController();
  const reading = readManifests([url], { cwd: '/', signal: stop.signal });
  stop.abort(new Error('Interrupted'));
  await expect(reading).rejects.toThrow('Interrupted');
});

test.each([
  ['http://nothing.invalid/x', /no such host|the name server does not respond/],
  ['http://', 'invalid URL'],
  ['http://[/x', 'invalid URL'],
])('%s is rejected', async (url, reason) => {
  const failed = await read(url).catch((thrown) => thrown);
  expect(failed.message).toMatch(reason);
});

test('shownUrl removes user and password', () => {
  expect(shownUrl('https://me:pass@x.example/a?b#c')).toBe('https://x.example/a?b#c');
  expect(shownUrl('https://x.example/a@b')).toBe('https://x.example/a@b');
});
