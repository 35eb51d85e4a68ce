import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { Http } from './http.ts';

test('a file that has grown is sent up to its size, and the connection serves further requests', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-http-'));
  const file = join(dir, 'blob');
  writeFileSync(file, 'four and more');
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    sockets.add(request.socket);
    response.end(Buffer.concat(await Array.fromAsync(request)));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const http = new Http({ env: {}, certificates: [], signal: new AbortController().signal });
  try {
    for (const [size, text] of [
      [4, 'four'],
      [0, ''],
      [8, 'four and'],
    ] as const) {
      const request = { method: 'PUT', url, body: { file, size } } as const;
      const response = await http.send(request);
      expect(response.status).toBe(200);
      expect(await textOf(response.body)).toBe(text);
    }
    expect(sockets.size).toBe(1);
  } finally {
    http.close();
    server.close();
    rmSync(dir, { recursive: true });
  }
});
