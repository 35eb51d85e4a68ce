import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { needsRoot } from '../../../test/support/needs.ts';
import { devtoolsUrl, vscodeConfiguration } from './addresses.ts';
import { type DebugServer, serveDebugger } from './server.ts';
import type { DebuggerClient, DebugSession } from './session.ts';

let server: DebugServer;
/** Messages that debuggers have sent. */
let received: string[];

beforeEach(async () => {
  received = [];
  // Echoes each message.
  const open = (client: DebuggerClient) =>
    ({
      send: (message: string) => {
        received.push(message);
        client.send(message);
      },
      cancel: () => {},
    }) as DebugSession;
  server = await serveDebugger({ title: 't1/web', open }, 0);
});
afterEach(() => server[Symbol.asyncDispose]());

test('VS Code connects by address and port', async () => {
  const { address, port } = vscodeConfiguration(server.title, server.port) as {
    address: string;
    port: number;
  };
  // vscode-js-debug requests both, and connects to the first target.
  const ask = async (path: string) => (await fetch(`http://${address}:${port}${path}`)).json();
  expect(await ask('/json/version')).toEqual({
    Browser: `node.js/${process.version}`,
    'Protocol-Version': '1.1',
  });
  expect(await ask('/json/list')).toMatchObject([{ type: 'node', webSocketDebuggerUrl: server.url }]);
  const socket = new WebSocket(server.url);
  await once(socket, 'open');
  socket.send('{"id":1}');
  expect(String((await once(socket, 'message'))[0])).toBe('{"id":1}');
  socket.close();
  expect(received).toEqual(['{"id":1}']);
});

test('the configuration attaches, with source maps from any folder and without child processes', () => {
  expect(vscodeConfiguration('t1/web', 9229)).toEqual({
    name: 'kit debug t1/web',
    ...{ type: 'node', request: 'attach', address: '127.0.0.1', port: 9229, restart: true },
    ...{ sourceMaps: true, resolveSourceMapLocations: ['**'], autoAttachChildProcesses: false },
    skipFiles: ['<node_internals>/**'],
  });
});

test("Chrome's DevTools page takes the address without its scheme", () => {
  const { protocol, pathname, searchParams } = new URL(devtoolsUrl('ws://127.0.0.1:9229/t1/web'));
  expect([protocol, pathname]).toEqual(['devtools:', '/bundled/js_app.html']);
  expect([...searchParams]).toEqual([
    ['v8only', 'true'],
    ['ws', '127.0.0.1:9229/t1/web'],
  ]);
});

/** What another user of this host gets: the status, or the reason why there is no session. */
async function asAnotherUser(code: string): Promise<string> {
  const program = ['--input-type=module', '--eval', code];
  const user = ['--reuid=65534', '--regid=65534', '--clear-groups'];
  const { stdout } = await promisify(execFile)('setpriv', [...user, process.execPath, ...program]);
  return stdout;
}

test('another user of this host learns no address and runs no code', needsRoot('another user'), async () => {
  const list = (port: number): string =>
    `const { status } = await fetch('http://127.0.0.1:${port}/json/list'); process.stdout.write(String(status))`;
  expect(await asAnotherUser(list(server.port))).toBe('403');
  // Not even with the secret.
  const session = `const socket = new WebSocket('${server.url}');
    socket.onopen = () => { socket.send('{"id":1,"method":"Runtime.evaluate"}'); console.log('open') };
    socket.onmessage = socket.onerror = ({ type }) => { process.stdout.write(type); process.exit() }`;
  expect(await asAnotherUser(session)).toBe('error');
  expect(received).toEqual([]);
});

test('the path is a secret, which the title is not', async () => {
  expect(new URL(server.url).pathname).toMatch(/^\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  for (const path of ['/t1/web', '/', '']) {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`);
    await expect(once(socket, 'open')).rejects.toThrow('403');
  }
});

test.each([
  ['another site', { origin: 'https://example.org' }],
  ['a name that resolves to this host', { headers: { host: 'example.org' } }],
])('%s is refused', async (_, options) => {
  const socket = new WebSocket(server.url, options);
  await expect(once(socket, 'open')).rejects.toThrow();
});

test('a port in use is an error with that reason', async () => {
  await expect(serveDebugger({ title: 't', open: () => ({}) as DebugSession }, server.port)).rejects.toThrow(
    `Cannot listen on port ${server.port} of 127.0.0.1: it is in use`,
  );
});
