import { createReadStream } from 'node:fs';
import type { Agent, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import { nodeHttp, nodeHttps, nodeTls } from './node-http.ts';
import { proxyFor } from './proxy.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes, or a file and its size. */
  readonly body?: Uint8Array | { readonly file: string; readonly size: number };
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Must be read or destroyed. */
  readonly body: IncomingMessage;
}

export interface HttpOptions {
  /** HTTP_PROXY, HTTPS_PROXY and NO_PROXY, also in lower case. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** PEM texts of certificate authorities to trust besides those of Node and of the system. */
  readonly certificates: readonly string[];
  readonly signal: AbortSignal;
  /** A connection idle for this long is closed. */
  readonly idleMs?: number;
}

/**
 * Sends single requests, without redirects and retries. node:https rather than fetch, since certificate
 * authorities and proxies are settings of one client here, and fetch has only those of the whole process.
 */
export class Http {
  readonly #options: HttpOptions;
  readonly #agents = new Map<string, Agent>();

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  send({ method, url, headers = {}, body }: HttpRequest): Promise<HttpResponse> {
    const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>();
    const { signal, idleMs = 60_000 } = this.#options;
    const length = body === undefined ? 0 : 'file' in body ? body.size : body.length;
    const call = url.protocol === 'https:' ? nodeHttps().request : nodeHttp().request;
    const request = call(url, {
      method,
      agent: this.#agentFor(url),
      signal,
      headers: {
        'user-agent': 'kit',
        // A compressed response would have another length and digest.
        'accept-encoding': 'identity',
        ...(method === 'POST' || method === 'PUT' ? { 'content-length': String(length) } : {}),
        ...headers,
      },
    });
    request.setTimeout(idleMs, () => {
      request.destroy(Object.assign(new Error('it does not answer'), { code: 'ETIMEDOUT' }));
    });
    request.once('response', (message) =>
      resolve({ status: message.statusCode ?? 0, headers: message.headers, body: message }),
    );
    // Once there is a response, the promise is settled; the body then fails with the same error.
    request.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    if (body && 'file' in body) pipeline(bytesOf(body), request, () => {});
    else request.end(body);
    return promise;
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #agentFor(url: URL): Agent {
    const proxy = proxyFor(url, this.#options.env);
    const key = `${url.protocol} ${proxy}`;
    const known = this.#agents.get(key) ?? this.#newAgent(url, proxy);
    this.#agents.set(key, known);
    return known;
  }

  #newAgent(url: URL, proxy: string | undefined): Agent {
    const proxyEnv = proxy === undefined ? undefined : { http_proxy: proxy, https_proxy: proxy };
    const pool = { keepAlive: true, maxSockets: 8, ...(proxyEnv ? { proxyEnv } : {}) };
    if (url.protocol !== 'https:') return new (nodeHttp().Agent)(pool);
    const known = [
      ...nodeTls().getCACertificates('default'),
      ...nodeTls().getCACertificates('system'),
      ...this.#options.certificates,
    ];
    return new (nodeHttps().Agent)({
      ...pool,
      secureContext: nodeTls().createSecureContext({ ca: [...new Set(known)] }),
    });
  }
}

/**
 * Exactly `size` bytes, even if the file has grown: the server would take bytes beyond Content-Length for the
 * start of the connection's next request and answer that with 400.
 */
function bytesOf({ file, size }: { readonly file: string; readonly size: number }): Readable {
  return size === 0 ? Readable.from([]) : createReadStream(file, { end: size - 1, highWaterMark: 1 << 18 });
}
