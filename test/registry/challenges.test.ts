import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseReference } from '../../build/reference/reference.ts';
import { RegistryClient } from '../../build/registry/client.ts';
import { mediaTypes } from '../../lib/oci/types.ts';
import { deny, FakeRegistry } from './fake-registry.ts';
import { password, user } from './real-registry.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-challenges-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const basic = Buffer.from(`${user}:${password}`).toString('base64');

/** How a registry asks for credentials: its headers, and what its token service wants and answers. */
interface Way {
  readonly headers: (host: string) => readonly string[];
  readonly authorization: string;
  /** Answers a request for a token; undefined to turn it down. */
  readonly token?: (query: URLSearchParams) => object | undefined;
}

const bearer = (text: string) => (host: string) => [text.replaceAll('HOST', host)];
const token = 'Bearer T';

const ways: Readonly<Record<string, Way>> = {
  'a scope of its own kind': {
    headers: bearer('Bearer realm="http://HOST/token",service="s",scope="aws"'),
    authorization: token,
    token: (query) => (query.getAll('scope').includes('aws') ? { token: 'T' } : undefined),
  },
  'the scope that was asked for, once': {
    headers: bearer('Bearer realm="http://HOST/token",scope="repository:a:pull"'),
    authorization: token,
    token: (query) => (query.getAll('scope').join() === 'repository:a:pull' ? { token: 'T' } : undefined),
  },
  'a realm with a query': {
    headers: bearer('Bearer realm="http://HOST/token?tenant=a%20b",service="s"'),
    authorization: token,
    token: (query) =>
      query.get('tenant') === 'a b' && query.get('service') === 's' ? { token: 'T' } : undefined,
  },
  'a realm of the same server': {
    headers: bearer('Bearer realm="/token"'),
    authorization: token,
    token: () => ({ token: 'T' }),
  },
  'access_token alone, soon over': {
    headers: bearer('bearer Realm="http://HOST/token"'),
    authorization: token,
    token: () => ({ access_token: 'T', expires_in: 1, issued_at: 'x' }),
  },
  'an empty token beside it': {
    headers: bearer('Bearer realm="http://HOST/token"'),
    authorization: token,
    token: () => ({ token: '', access_token: 'T', expires_in: null }),
  },
  'no service': {
    headers: bearer('Bearer realm="http://HOST/token"'),
    authorization: token,
    token: (query) => (query.has('service') ? undefined : { token: 'T' }),
  },
  'several headers, a comma in the realm': {
    headers: () => ['Negotiate', 'Basic realm="corp, inc"'],
    authorization: `Basic ${basic}`,
  },
  'several challenges in one header': {
    headers: () => ['Negotiate, NTLM, Basic realm="x"'],
    authorization: `Basic ${basic}`,
  },
};

function answer(way: Way, host: string, request: IncomingMessage, response: ServerResponse): boolean {
  const url = new URL(request.url ?? '/', `http://${host}`);
  if (url.pathname === '/token') {
    const made = way.token?.(url.searchParams);
    if (made) response.end(JSON.stringify(made));
    else deny(response, 400, 'DENIED');
    return true;
  }
  if (request.headers.authorization === way.authorization || url.pathname === '/v2/') return false;
  response.setHeader('www-authenticate', way.headers(host));
  deny(response, 401, 'UNAUTHORIZED');
  return true;
}

test.each(Object.keys(ways))('a registry that asks by %s is answered', async (name) => {
  const way = ways[name];
  if (!way) throw new Error(name);
  const registry: FakeRegistry = new FakeRegistry({
    fault: (request, response) => answer(way, registry.host, request, response),
  });
  await registry.start();
  const home = mkdtempSync(join(dir, 'home-'));
  mkdirSync(join(home, '.docker'));
  const config = { auths: { [registry.host]: { auth: basic } } };
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify(config));
  const { signal } = new AbortController();
  const client = new RegistryClient({
    env: { HOME: home },
    certificates: [],
    mirrors: [],
    delaysMs: [1],
    signal,
  });
  try {
    const bytes = Buffer.from('{"schemaVersion":2,"config":{},"layers":[]}');
    registry.manifests.set('a:1', { bytes, type: '' });
    const found = await client.manifest(parseReference(`${registry.host}/a:1`));
    expect(found).toMatchObject({ bytes, mediaType: mediaTypes.manifest });
  } finally {
    client.close();
    await registry.stop();
  }
});

test('an upload goes to the location as it is written, digest added', async () => {
  const query = '?_state=a%2Fb+c%3D&sig=%7E~';
  const seen: string[] = [];
  const registry = new FakeRegistry({
    fault: ({ method, url = '' }, response) => {
      seen.push(`${method} ${url}`);
      if (method === 'HEAD') deny(response, 404, 'BLOB_UNKNOWN');
      else if (method === 'POST') response.writeHead(202, { location: `../up/1${query}` }).end();
      else response.writeHead(method === 'PUT' ? 201 : 200).end();
      return true;
    },
  });
  await registry.start();
  const { signal } = new AbortController();
  const client = new RegistryClient({
    env: { HOME: dir },
    certificates: [],
    mirrors: [],
    delaysMs: [1],
    signal,
  });
  try {
    const file = join(dir, 'blob');
    writeFileSync(file, 'x');
    const digest = `sha256:${'ab'.repeat(32)}` as const;
    await client.upload(parseReference(`${registry.host}/a`), { mediaType: 'x', digest, size: 1 }, file);
    expect(seen.at(-1)).toBe(`PUT /v2/a/blobs/up/1${query}&digest=${encodeURIComponent(digest)}`);
  } finally {
    client.close();
    await registry.stop();
  }
});
