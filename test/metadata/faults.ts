import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FakeAnswer } from './fake-cloud.ts';

/** Answers otherwise than it should; `answer` is what would be right. */
export type Fault = (request: IncomingMessage, response: ServerResponse, answer: FakeAnswer) => void;

const megabyte = Buffer.alloc(1 << 20, 'a');

/** What a broken or hostile service does, whatever its cloud. */
export const faults: Readonly<Record<string, Fault>> = {
  error: (_request, response) => {
    response.writeHead(500).end('boom');
  },
  forbidden: (_request, response) => {
    response.writeHead(403).end();
  },
  'redirect to another host': (_request, response) => {
    response.writeHead(302, { Location: 'http://203.0.113.66/latest/' }).end();
  },
  'redirect for ever': ({ url }, response) => {
    response.writeHead(302, { Location: url ?? '/' }).end();
  },
  'redirect to nowhere': (_request, response) => {
    response.writeHead(302, { Location: 'http://[' }).end();
  },
  'a slow drip': (_request, response) => {
    response.writeHead(200, { 'Metadata-Flavor': 'Google' });
    const timer = setInterval(() => response.write('{'), 100);
    response.on('close', () => clearInterval(timer));
  },
  'a slow head': ({ socket }) => {
    const timer = setInterval(() => socket.write('H'), 1000);
    socket.on('close', () => clearInterval(timer));
  },
  silence: () => {},
  garbage: ({ socket }) => {
    socket.end(Buffer.from('\x16\x03\x01\x02\x00SSH-2.0-OpenSSH\r\n\r\n', 'latin1'));
  },
  'garbage in the body': (_request, response) => {
    response.writeHead(200, { 'Metadata-Flavor': 'Google' }).end(Buffer.from('fffe00{]\u{1f600}\0', 'utf8'));
  },
  'a long head': ({ socket }) => {
    socket.write(`HTTP/1.1 200 OK\r\nX-Long: ${megabyte.toString()}`);
  },
  'a huge body': (_request, response) => {
    response.writeHead(200, { 'Metadata-Flavor': 'Google' });
    const more = (): void => {
      while (!response.destroyed && response.write(megabyte));
    };
    response.on('drain', more);
    more();
  },
  'a packed body': (_request, response, { body = '' }) => {
    response.writeHead(200, { 'Metadata-Flavor': 'Google', 'Content-Encoding': 'gzip' }).end(gzipSync(body));
  },
  'half an answer': ({ socket }, response, { body = '' }) => {
    const half = body.slice(0, body.length >> 1);
    response.writeHead(200, { 'Metadata-Flavor': 'Google', 'Content-Length': body.length + 10 });
    response.write(half, () => socket.destroy());
  },
};
