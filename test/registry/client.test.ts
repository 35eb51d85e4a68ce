import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { parseReference } from '../../build/reference/reference.ts';
import { type ClientOptions, RegistryClient } from '../../build/registry/client.ts';
import { parseMirror } from '../../build/registry/options.ts';
import { type Digest, mediaTypes } from '../../lib/oci/types.ts';
import { type Behaviour, deny, digestOf, FakeRegistry, sendRange } from './fake-registry.ts';
import { password, startRegistry, type TestRegistry, user } from './real-registry.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-client-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A home folder with these passwords in Docker's config.json. */
function home(...hosts: string[]): string {
  const folder = mkdtempSync(join(dir, 'home-'));
  mkdirSync(join(folder, '.docker'));
  const auth = Buffer.from(`${user}:${password}`).toString('base64');
  const config = { auths: Object.fromEntries(hosts.map((host) => [host, { auth }])) };
  writeFileSync(join(folder, '.docker/config.json'), JSON.stringify(config));
  return folder;
}

const clients: RegistryClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

function clientWith(part: Partial<ClientOptions> = {}): RegistryClient {
  const { signal } = new AbortController();
  const quiet = { env: { HOME: home() }, certificates: [], mirrors: [], delaysMs: [1, 1, 1] };
  const client = new RegistryClient({ ...quiet, signal, ...part });
  clients.push(client);
  return client;
}

function blobOf(bytes: Buffer): { file: string; blob: { digest: Digest; size: number; mediaType: string } } {
  const file = join(mkdtempSync(join(dir, 'blob-')), 'blob');
  writeFileSync(file, bytes);
  return {
    file,
    blob: { digest: digestOf(bytes) as Digest, size: bytes.length, mediaType: mediaTypes.layer },
  };
}

/** Behaviour of both registries, the real one and the fake. */
function suite(title: string, start: () => Promise<Pick<TestRegistry, 'host' | 'authority' | 'stop'>>): void {
  describe(title, () => {
    let registry: Pick<TestRegistry, 'host' | 'authority' | 'stop'>;
    let client: RegistryClient;
    beforeAll(async () => {
      registry = await start();
    }, 300_000);
    afterAll(() => registry?.stop());
    const connect = (): RegistryClient => {
      client = clientWith({
        env: { HOME: home(registry.host) },
        certificates: registry.authority ? [registry.authority] : [],
      });
      return client;
    };
    const place = (repository: string) => ({ registry: registry.host, repository });

    test('uploads a blob and a manifest, and downloads them unchanged', async () => {
      connect();
      const bytes = randomBytes(3_000_000);
      const { file, blob } = blobOf(bytes);
      expect(await client.hasBlob(place('a/b'), blob.digest)).toBe(false);
      expect(await client.upload(place('a/b'), blob, file)).toBe(true);
      expect(await client.hasBlob(place('a/b'), blob.digest)).toBe(true);
      const out = join(dir, 'back');
      let counted = 0;
      await client.blob(place('a/b'), blob, out, (count) => {
        counted += count;
      });
      expect(readFileSync(out).equals(bytes)).toBe(true);
      expect(counted).toBe(bytes.length);
      const manifest = Buffer.from(
        JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.manifest, config: blob, layers: [blob] }),
      );
      const tagged = parseReference(`${registry.host}/a/b:1`);
      expect(await client.digestOf(tagged)).toBeUndefined();
      await client.putManifest(tagged, manifest, mediaTypes.manifest);
      const digest = digestOf(manifest) as Digest;
      for (const reference of [tagged, { ...place('a/b'), digest }]) {
        const found = await client.manifest(reference);
        expect(found).toEqual({
          bytes: manifest,
          digest,
          size: manifest.length,
          mediaType: mediaTypes.manifest,
        });
      }
      expect(await client.digestOf(tagged)).toBe(digest);
    });

    test('mounts a blob of another repository instead of sending it', async () => {
      connect();
      const { file, blob } = blobOf(randomBytes(1000));
      expect(await client.upload(place('from'), blob, file)).toBe(true);
      expect(await client.upload(place('to'), blob, file, 'from')).toBe(false);
      expect(await client.hasBlob(place('to'), blob.digest)).toBe(true);
      const other = blobOf(randomBytes(1000));
      expect(await client.upload(place('to'), other.blob, other.file, 'from')).toBe(true);
    });

    test('a missing manifest is an error with its code', async () => {
      connect();
      const missing = client.manifest(parseReference(`${registry.host}/none:1`));
      await expect(missing).rejects.toMatchObject({
        name: 'KitError',
        method: 'GET',
        status: 404,
        code: 'MANIFEST_UNKNOWN',
        temporary: false,
        message: expect.stringContaining(
          `${registry.host}/v2/none/manifests/1: answered 404 (MANIFEST_UNKNOWN`,
        ),
      });
      const { blob } = blobOf(Buffer.from('x'));
      await expect(client.blob(place('none'), blob, join(dir, 'none'))).rejects.toMatchObject({
        status: 404,
      });
    });
  });
}

suite('docker-registry', () => startRegistry());
suite('docker-registry with passwords', () => startRegistry({ auth: true }));
suite('docker-registry with TLS and passwords', () => startRegistry({ auth: true, tls: true }));
const fake = async (behaviour: Behaviour) => {
  const registry = await new FakeRegistry(behaviour).start();
  return { host: registry.host, authority: undefined, stop: () => registry.stop() };
};
suite('the fake', () => fake({}));
suite('the fake with passwords', () => fake({ auth: true }));
suite('the fake with tokens', () => fake({ tokens: true }));
suite('the fake with tokens and passwords', () => fake({ tokens: true, auth: true }));

describe('faults', () => {
  const running: FakeRegistry[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.stop();
  });
  const start = async (behaviour: Behaviour = {}): Promise<FakeRegistry> => {
    const registry = await new FakeRegistry(behaviour).start();
    running.push(registry);
    return registry;
  };
  /** Answers the first `count` requests for this path with `how`. */
  const first = (
    count: number,
    path: RegExp,
    how: (request: IncomingMessage, response: ServerResponse) => void,
  ) => {
    let left = count;
    return (request: IncomingMessage, response: ServerResponse): boolean => {
      if (!path.test(request.url ?? '') || left-- <= 0) return false;
      how(request, response);
      return true;
    };
  };
  const content = randomBytes(500_000);
  const { blob } = { blob: { digest: digestOf(content) as Digest, size: content.length, mediaType: 'x' } };
  const fetchBlob = async (registry: FakeRegistry, client: RegistryClient): Promise<Buffer> => {
    const out = join(mkdtempSync(join(dir, 'out-')), 'blob');
    await client.blob({ registry: registry.host, repository: 'a' }, blob, out);
    return readFileSync(out);
  };

  test.each([429, 500, 503])('status %i is retried', async (status) => {
    const registry = await start({
      fault: first(3, /blobs/, (_, response) => deny(response, status, 'LATER')),
    });
    registry.hold('a', content);
    expect((await fetchBlob(registry, clientWith())).equals(content)).toBe(true);
  });

  test("permanent status 429 is reported with the registry's message", async () => {
    const registry = await start({
      fault: first(99, /blobs/, (_, response) => deny(response, 429, 'TOOMANYREQUESTS')),
    });
    registry.hold('a', content);
    await expect(fetchBlob(registry, clientWith())).rejects.toMatchObject({
      message:
        `GET http://${registry.host}/v2/a/blobs/${blob.digest}: ` +
        'answered 429 (TOOMANYREQUESTS: says the fake)',
      temporary: true,
      hint: expect.stringContaining('--mirror'),
    });
    expect(registry.requests.filter(({ line }) => /blobs/.test(line))).toHaveLength(4);
  });

  test('a broken download is resumed', async () => {
    const broken = first(3, /blobs/, (request, response) => {
      const from = Number(/bytes=(\d+)/.exec(request.headers.range ?? '')?.[1] ?? 0);
      if (from > 0)
        response.setHeader('content-range', `bytes ${from}-${content.length - 1}/${content.length}`);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': content.length - from });
      response.write(content.subarray(from, from + 100_000), () => response.destroy());
    });
    const registry = await start({ fault: broken });
    registry.hold('a', content);
    expect((await fetchBlob(registry, clientWith({ delaysMs: [1] }))).equals(content)).toBe(true);
    expect(registry.requests.filter(({ line }) => /blobs/.test(line)).length).toBeGreaterThanOrEqual(4);
  });

  test('without support for ranges, a download starts again', async () => {
    const cut = first(1, /blobs/, (_request, response) => {
      response.writeHead(200, { 'content-length': content.length });
      response.write(content.subarray(0, 100_000), () => response.destroy());
    });
    const whole = first(9, /blobs/, (_request, response) => response.end(content));
    const registry = await start({
      fault: (request, response) => cut(request, response) || whole(request, response),
    });
    expect((await fetchBlob(registry, clientWith())).equals(content)).toBe(true);
  });

  test.each([
    [
      'other bytes',
      Buffer.from(content).fill((content[9] ?? 0) ^ 1, 9, 10),
      'its bytes have the digest "sha256:',
    ],
    ['more bytes', Buffer.concat([content, content]), "it sent more than the blob's 500000 bytes"],
  ])('%s than the digest says are refused', async (_title, wrong, why) => {
    const registry = await start({
      fault: first(9, /blobs/, (request, response) => sendRange(request, response, wrong)),
    });
    await expect(fetchBlob(registry, clientWith())).rejects.toThrow(why);
  });

  test('a manifest with another digest or without end is refused', async () => {
    const registry = await start({ fault: first(1, /manifests/, (_, response) => void response.end('{}')) });
    const digest: Digest = `sha256:${'0'.repeat(64)}`;
    const reference = { registry: registry.host, repository: 'a', digest };
    await expect(clientWith().manifest(reference)).rejects.toThrow('its bytes have the digest');
    const endless = await start({
      fault: first(9, /manifests/, (_, response) => {
        const more = (): void => void (response.write(Buffer.alloc(1 << 20)) ? setImmediate(more) : 0);
        response.on('drain', more).on('close', () => response.removeAllListeners('drain'));
        more();
      }),
    });
    const bad = clientWith().manifest({ ...reference, registry: endless.host });
    await expect(bad).rejects.toThrow('more than 4194304 bytes came');
  });

  test('credentials are not sent to the target of a redirect, and its query is not shown', async () => {
    const seen: (string | undefined)[] = [];
    const storage = createServer((request, response) => {
      seen.push(request.headers.authorization);
      if (seen.length > 1) return deny(response, 403, 'NO');
      sendRange(request, response, content);
    }).listen(0, '127.0.0.1');
    await once(storage, 'listening');
    const address = storage.address();
    const at = `http://localhost:${typeof address === 'object' ? address?.port : 0}/`;
    const registry = await start({ auth: true, blobsAt: at });
    registry.hold('a', content);
    const client = clientWith({ env: { HOME: home(registry.host) } });
    expect((await fetchBlob(registry, client)).equals(content)).toBe(true);
    expect(seen).toEqual([undefined]);
    const failure = await fetchBlob(registry, client).catch((thrown: Error) => thrown);
    expect(String(failure)).not.toMatch(/s3cret|secret/);
    storage.close();
    storage.closeAllConnections();
  });

  test('a wrong password is an error with a hint, and is not shown', async () => {
    const registry = await start({ auth: true });
    const failure = clientWith().manifest(parseReference(`${registry.host}/a:1`));
    await expect(failure).rejects.toMatchObject({
      status: 401,
      hint: expect.stringContaining(`docker login ${registry.host}`),
    });
  });

  test('a mirror is tried first, then the registry itself', async () => {
    const [registry, mirror] = [await start(), await start()];
    registry.hold('a', content);
    mirror.hold('a', content);
    const client = clientWith({ mirrors: [parseMirror(`${registry.host}=http://${mirror.host}`)] });
    await fetchBlob(registry, client);
    expect([mirror, registry].map(({ requests }) => requests.length)).toEqual([1, 0]);
    mirror.blobs.clear();
    expect((await fetchBlob(registry, client)).equals(content)).toBe(true);
    registry.blobs.clear();
    await expect(fetchBlob(registry, client)).rejects.toMatchObject({
      message: expect.stringContaining(`http://${registry.host}/v2/a/blobs`),
      hint: expect.stringContaining(`the mirrors failed before: GET http://${mirror.host}/v2/a/blobs`),
    });
  });

  test('a mirror of all registries serves Docker Hub; its password goes to no other host', async () => {
    const mirror = await start({ auth: true });
    mirror.hold('library/redis', content);
    const client = clientWith({ mirrors: [parseMirror(`http://${user}:${password}@${mirror.host}/`)] });
    const out = join(dir, 'hub');
    await client.blob({ registry: 'docker.io', repository: 'library/redis' }, blob, out);
    expect(readFileSync(out).equals(content)).toBe(true);
  });

  test('the proxy of the environment is used, except for loopback addresses', async () => {
    const proxy = await start();
    proxy.hold('a', content);
    const env = { HOME: home(), http_proxy: `http://${proxy.host}` };
    const mirrors = [parseMirror('far.example=http://far.example')];
    const out = join(dir, 'proxied');
    await clientWith({ env, mirrors }).blob({ registry: 'far.example', repository: 'a' }, blob, out);
    expect(readFileSync(out).equals(content)).toBe(true);
    const near = await start();
    near.hold('a', content);
    await fetchBlob(near, clientWith({ env }));
    expect(proxy.requests).toHaveLength(1);
  });

  test('a request without a response times out', async () => {
    const registry = await start({ fault: first(99, /blobs/, () => {}) });
    await expect(fetchBlob(registry, clientWith({ idleMs: 50 }))).rejects.toThrow('it does not answer');
  });

  test('a refused connection is not retried', async () => {
    const registry = await start();
    const { host } = registry;
    await registry.stop();
    await expect(clientWith().manifest(parseReference(`${host}/a:1`))).rejects.toThrow('connection refused');
  });

  test('an unknown certificate authority is an error with a hint', async () => {
    const registry = await startRegistry({ tls: true });
    const failure = clientWith().manifest(parseReference(`${registry.host}/a:1`));
    await expect(failure).rejects.toMatchObject({ hint: expect.stringContaining('--cert-file') });
    await registry.stop();
  });
});
