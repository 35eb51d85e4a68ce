import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Authority } from '../../../test/support/certificates.ts';
import { diskTools } from '../../../test/support/tools.ts';
import { Session } from './session.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-session-'));
const trusted = getCACertificates();
let server: Server;

beforeAll(async () => {
  const authority = await Authority.make(await diskTools(), dir);
  await authority.sign('old', 'IP:127.0.0.1', { expired: true });
  setDefaultCACertificates([readFileSync(join(dir, 'ca.pem'), 'utf8')]);
  const [cert, key] = ['old.pem', 'old.key'].map((name) => readFileSync(join(dir, name)));
  server = createServer({ cert, key }).listen(0, '127.0.0.1');
  await once(server, 'listening');
}, 300_000);
afterAll(() => {
  setDefaultCACertificates(trusted);
  server.close();
  rmSync(dir, { recursive: true });
});

test('a certificate that is judged by the clock ends the attempt, and the reason gives the time', async () => {
  const { port } = server.address() as AddressInfo;
  const session = new Session(`https://127.0.0.1:${port}`);
  await expect(session.get('/')).rejects.toThrow(
    /^Cannot get "https:\/\/127\.0\.0\.1:\d+\/": certificate has expired \(the clock of this machine says \S+Z; if/,
  );
  session.close();
});
