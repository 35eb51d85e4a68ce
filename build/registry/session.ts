import { KitError } from '../../lib/errors/errors.ts';
import type { Http, HttpRequest, HttpResponse } from '../http/http.ts';
import { discard, responseError } from './body.ts';
import { type Challenge, readChallenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { movedTo } from './moved.ts';
import { connectionError, RegistryError } from './registry-error.ts';
import { basicAuthorization, fetchToken, type Scope } from './token.ts';

/** A request, with the statuses that mean success. */
export interface SessionRequest extends HttpRequest {
  readonly scope: Scope;
  readonly good: readonly number[];
}

/**
 * Requests to one server, a registry or a mirror, and its state: whether it uses TLS, credentials, tokens.
 * Follows redirects; credentials are sent to the server itself and to its token service, nowhere else.
 */
export class Session {
  readonly #http: Http;
  readonly #login: () => Promise<Credentials | undefined>;
  readonly #tokens = new Map<Scope, string>();
  readonly #find: () => Promise<URL>;
  #found: Promise<URL> | undefined;
  #basic: string | undefined;

  /** @param base of `/v2/`; undefined for a registry on this machine, to detect the scheme by a request */
  constructor(
    host: string,
    base: URL | undefined,
    http: Http,
    login: () => Promise<Credentials | undefined>,
  ) {
    this.#http = http;
    const own = base && passwordOf(base);
    this.#login = own ? async () => own : login;
    this.#find = base ? async () => withoutPassword(base) : () => this.#findScheme(host);
  }

  get #base(): Promise<URL> {
    this.#found ??= this.#find();
    return this.#found;
  }

  /** The URL of `v2/<path>` on this server. */
  async url(path: string): Promise<URL> {
    const base = await this.#base;
    return new URL(`${base.href.replace(/\/$/, '')}/v2/${path}`);
  }

  /** @throws RegistryError for any status that is not in `good` */
  async request(request: SessionRequest): Promise<HttpResponse> {
    const { response: first, isOurs } = await this.#follow(request);
    // The target of a redirect may ask for credentials, too: only the server itself gets them.
    const challenge =
      first.status === 401 && isOurs ? readChallenge(first.headers['www-authenticate']) : undefined;
    if (!challenge) return checked(request, first);
    discard(first.body);
    this.#tokens.delete(request.scope);
    await this.#authenticate(challenge, request);
    return checked(request, (await this.#follow(request)).response);
  }

  async #follow(request: SessionRequest): Promise<{ response: HttpResponse; isOurs: boolean }> {
    const { origin } = await this.#base;
    let { url } = request;
    for (let hops = 0; hops <= redirectLimit; hops += 1) {
      const isOurs = url.origin === origin;
      const response = await this.#send({ ...request, url, headers: this.#headersFor(request, isOurs) });
      const { location } = response.headers;
      const moved =
        request.method === 'GET' || request.method === 'HEAD' ? redirects.has(response.status) : false;
      if (!moved || location === undefined) return { response, isOurs };
      discard(response.body);
      url = movedTo({ ...request, url }, location);
    }
    throw new RegistryError(request, `it redirects more than ${redirectLimit} times`, { temporary: false });
  }

  #headersFor({ headers = {}, scope }: SessionRequest, isOurs: boolean): Record<string, string> {
    const token = this.#tokens.get(scope);
    const authorization = token === undefined ? this.#basic : `Bearer ${token}`;
    return authorization !== undefined && isOurs ? { ...headers, authorization } : { ...headers };
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    try {
      return await this.#http.send(request);
    } catch (thrown) {
      throw thrown instanceof KitError ? thrown : connectionError(request, thrown);
    }
  }

  async #authenticate(challenge: Challenge, request: SessionRequest): Promise<void> {
    const credentials = await this.#login();
    if (challenge.scheme === 'bearer') {
      const send = (call: HttpRequest): Promise<HttpResponse> => this.#send(call);
      this.#tokens.set(request.scope, await fetchToken(challenge, credentials, request, send));
    } else if (credentials?.kind === 'password') this.#basic = basicAuthorization(credentials);
  }

  /**
   * Registries on this machine usually use plain HTTP; one with TLS responds to that with 400 or closes the
   * connection.
   */
  async #findScheme(host: string): Promise<URL> {
    const plain = new URL(`http://${host}`);
    try {
      const response = await this.#http.send({ method: 'GET', url: new URL('/v2/', plain) });
      discard(response.body);
      return response.status === 400 ? new URL(`https://${host}`) : plain;
    } catch (thrown) {
      if (thrown instanceof KitError) throw thrown;
      const failure = connectionError({ method: 'GET', url: new URL('/v2/', plain) }, thrown);
      if (!failure.temporary) throw failure;
      return new URL(`https://${host}`);
    }
  }
}

const redirectLimit = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

async function checked(request: SessionRequest, response: HttpResponse): Promise<HttpResponse> {
  if (request.good.includes(response.status)) return response;
  throw await responseError(request, response);
}

function passwordOf({ username, password }: URL): Credentials | undefined {
  if (username === '') return undefined;
  return { kind: 'password', user: decodeURIComponent(username), password: decodeURIComponent(password) };
}

function withoutPassword(url: URL): URL {
  const bare = new URL(url);
  bare.username = '';
  bare.password = '';
  return bare;
}
