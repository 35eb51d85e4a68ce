import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { password, user } from './real-registry.ts';

/** Faults and features of the fake registry that a real one does not show on demand. */
export interface Behaviour {
  /** Requires a token of its own token service. */
  tokens?: boolean;
  /** Requires the password as well. */
  auth?: boolean;
  /** Redirects requests for blobs to another host, like registries with a storage service. */
  blobsAt?: string;
  /** Called before a request is answered; returns true when it has answered. */
  fault?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** A registry in memory, with a record of its requests. */
export class FakeRegistry {
  readonly behaviour: Behaviour;
  /** `GET /v2/a/manifests/1`, and its Authorization header. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[] = [];
  readonly blobs = new Map<string, Buffer>();
  /** By `repository:tag` and `repository@digest`. */
  readonly manifests = new Map<string, { readonly bytes: Buffer; readonly type: string }>();
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #inRepository = new Set<string>();

  constructor(behaviour: Behaviour = {}) {
    this.behaviour = behaviour;
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  get host(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Adds a blob to this repository. */
  hold(repository: string, bytes: Buffer): string {
    const digest = digestOf(bytes);
    this.blobs.set(digest, bytes);
    this.#inRepository.add(`${repository}@${digest}`);
    return digest;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${this.host}`);
    const { authorization } = request.headers;
    this.requests.push({ line: `${request.method} ${url.pathname}${url.search}`, authorization });
    const body = Buffer.concat((await Array.fromAsync(request as AsyncIterable<Buffer>)) as Buffer[]);
    if (this.behaviour.fault?.(request, response)) return;
    if (url.pathname === '/token') return this.#token(url, authorization, response);
    if (!this.#isAllowed(authorization)) return this.#challenge(url, response);
    if (url.pathname === '/v2/') return void response.writeHead(200).end();
    const [, repository = '', kind = '', rest = ''] =
      /^\/v2\/(.+)\/(manifests|blobs\/uploads|blobs)\/(.*)$/.exec(url.pathname) ?? [];
    if (kind === 'manifests') this.#manifest(request, response, repository, rest, body);
    else if (kind === 'blobs/uploads') this.#upload(request, response, repository, url, body);
    else if (kind === 'blobs') this.#blob(request, response, repository, rest);
    else deny(response, 404, 'NAME_UNKNOWN');
  }

  #isAllowed(authorization: string | undefined): boolean {
    if (this.behaviour.tokens) return authorization === 'Bearer good-token';
    return !this.behaviour.auth || authorization === basic;
  }

  #challenge(url: URL, response: ServerResponse): void {
    const scope = `repository:${/^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(url.pathname)?.[1]}:pull`;
    const bearer = `Bearer realm="http://${this.host}/token",service="fake, registry",scope="${scope}"`;
    response.setHeader('www-authenticate', this.behaviour.tokens ? bearer : 'Basic realm="fake"');
    deny(response, 401, 'UNAUTHORIZED');
  }

  #token(url: URL, authorization: string | undefined, response: ServerResponse): void {
    const mayNot = this.behaviour.auth && authorization !== basic;
    if (mayNot || url.searchParams.get('service') !== 'fake, registry')
      return void deny(response, 401, 'UNAUTHORIZED');
    response.end(JSON.stringify({ token: 'good-token' }));
  }

  #manifest(
    request: IncomingMessage,
    response: ServerResponse,
    repository: string,
    name: string,
    body: Buffer,
  ): void {
    if (request.method === 'PUT') {
      const entry = { bytes: body, type: request.headers['content-type'] ?? '' };
      this.manifests.set(`${repository}:${name}`, entry);
      this.manifests.set(`${repository}@${digestOf(body)}`, entry);
      return void response.writeHead(201).end();
    }
    const found = this.manifests.get(`${repository}${name.startsWith('sha256:') ? '@' : ':'}${name}`);
    if (!found) return void deny(response, 404, 'MANIFEST_UNKNOWN');
    response.writeHead(200, { 'content-type': found.type, 'docker-content-digest': digestOf(found.bytes) });
    response.end(request.method === 'HEAD' ? undefined : found.bytes);
  }

  #upload(
    request: IncomingMessage,
    response: ServerResponse,
    repository: string,
    url: URL,
    body: Buffer,
  ): void {
    const [mount, from] = [url.searchParams.get('mount'), url.searchParams.get('from')];
    if (request.method === 'POST' && mount && this.#inRepository.has(`${from}@${mount}`)) {
      this.#inRepository.add(`${repository}@${mount}`);
      return void response.writeHead(201).end();
    }
    if (request.method === 'POST') {
      const location = `/v2/${repository}/blobs/uploads/${randomUUID()}?state=1`;
      return void response.writeHead(202, { location }).end();
    }
    if (digestOf(body) !== url.searchParams.get('digest')) return void deny(response, 400, 'DIGEST_INVALID');
    this.hold(repository, body);
    response.writeHead(201).end();
  }

  #blob(request: IncomingMessage, response: ServerResponse, repository: string, digest: string): void {
    const found = this.#inRepository.has(`${repository}@${digest}`) ? this.blobs.get(digest) : undefined;
    if (!found) return void deny(response, 404, 'BLOB_UNKNOWN');
    if (this.behaviour.blobsAt) {
      return void response
        .writeHead(307, { location: `${this.behaviour.blobsAt}${digest}?signature=s3cret` })
        .end();
    }
    sendRange(request, response, found);
  }
}

/** All bytes, or those of `Range: bytes=N-`. */
export function sendRange(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
  if (from > 0) response.setHeader('content-range', `bytes ${from}-${bytes.length - 1}/${bytes.length}`);
  response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from });
  response.end(method === 'HEAD' ? undefined : bytes.subarray(from));
}

const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export function deny(response: ServerResponse, status: number, code: string): void {
  response.writeHead(status).end(JSON.stringify({ errors: [{ code, message: 'says the fake' }] }));
}
