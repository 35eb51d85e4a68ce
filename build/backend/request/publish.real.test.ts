import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPorts, parsePublish, publishText } from './publish.ts';

test.each([
  ['2222:22', '127.0.0.1:2222->22/tcp'],
  ['5353:53/udp', '127.0.0.1:5353->53/udp'],
  ['0.0.0.0:8080:80', '0.0.0.0:8080->80/tcp'],
  ['10.1.2.3:1:65535/tcp', '10.1.2.3:1->65535/tcp'],
])('--publish %s', (text, shown) => {
  expect(publishText(parsePublish(text))).toBe(shown);
});

test.each([
  '',
  '22',
  '22:',
  ':22',
  'a:b',
  '0:22',
  '22:0',
  '65536:22',
  '1:2/sctp',
  'localhost:1:2',
  '300.0.0.1:1:2',
  '1:2,hostfwd=x',
])('--publish %j is refused', (text) => {
  expect(() => parsePublish(text)).toThrow(`Cannot publish "${text}"`);
});

test('a TCP port in use is an error with a hint', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(checkPorts([parsePublish(`${port}:22`)])).rejects.toMatchObject({
    message: `Cannot publish port ${port} of 127.0.0.1: another program listens there`,
    hint: `choose another port of the host: --publish ${Math.min(65_535, port + 1)}:22`,
  });
  // UDP and TCP ports are independent.
  await checkPorts([parsePublish(`${port}:22/udp`)]);
  await new Promise((resolve) => server.close(resolve));
  await checkPorts([parsePublish(`${port}:22`)]);
});

test('a UDP port in use is an error', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  await expect(checkPorts([parsePublish(`${socket.address().port}:53/udp`)])).rejects.toThrow(
    'another program listens there',
  );
  socket.close();
});

test('a port is published once, and on an address of this host', async () => {
  await expect(checkPorts([parsePublish('40022:22'), parsePublish('40022:23')])).rejects.toThrow(
    'Cannot publish 127.0.0.1:40022/tcp twice',
  );
  await expect(checkPorts([parsePublish('192.0.2.1:40022:22')])).rejects.toThrow(
    'this host has no such address',
  );
});
