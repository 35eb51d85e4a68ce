import { KitError } from '../../lib/errors/errors.ts';
import { parseJson } from '../../lib/oci/json.ts';
import { bodyOf, discard, responseError } from './body.ts';
import { type Challenge, readChallenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import type { Http, HttpRequest, HttpResponse } from './http.ts';
import { isLoopback } from './reference.ts';
import { connectionError, RegistryError } from './registry-error.ts';

/** What of a registry may be asked for: `repository:library/redis:pull`. */
export type Scope = string;

/** A request, with the statuses that are good answers to it. */
export interface SessionRequest extends HttpRequest {
  readonly scope: Scope;
  readonly good: readonly number[];
}

/**
 * One place that speaks the registry protocol, and what we know of it: whether it wants TLS, who we are there, and the
 * tokens it gave. Follows redirects; credentials go to the place itself and to its token service, nowhere else.
 */
export class Session {
  readonly #http: Http;
  readonly #login: () => Promise<Credentials | undefined>;
  readonly #tokens = new Map<Scope, string>();
  readonly #find: () => Promise<URL>;
  #found: Promise<URL> | undefined;
  #basic: string | undefined;

  /** @param base what `/v2/` is appended to; undefined for a registry of this machine, which is asked */
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

  get #place(): Promise<URL> {
    this.#found ??= this.#find();
    return this.#found;
  }

  /** The address of `v2/<path>` there. */
  async url(path: string): Promise<URL> {
    const base = await this.#place;
    return new URL(`${base.href.replace(/\/$/, '')}/v2/${path}`);
  }

  /** @throws RegistryError for any status but the good ones */
  async ask(request: SessionRequest): Promise<HttpResponse> {
    const { answer: first, isOurs } = await this.#follow(request);
    // Where we were sent to may ask for our password as well: only the place itself gets it.
    const wants =
      first.status === 401 && isOurs ? readChallenge(first.headers['www-authenticate']) : undefined;
    if (!wants) return checked(request, first);
    discard(first.body);
    this.#tokens.delete(request.scope);
    await this.#answer(wants, request);
    return checked(request, (await this.#follow(request)).answer);
  }

  async #follow(request: SessionRequest): Promise<{ answer: HttpResponse; isOurs: boolean }> {
    const { origin } = await this.#place;
    let { url } = request;
    for (let hops = 0; hops <= redirectLimit; hops += 1) {
      const isOurs = url.origin === origin;
      const answer = await this.#send({ ...request, url, headers: this.#headersFor(request, isOurs) });
      const { location } = answer.headers;
      const moved =
        request.method === 'GET' || request.method === 'HEAD' ? redirects.has(answer.status) : false;
      if (!moved || location === undefined) return { answer, isOurs };
      discard(answer.body);
      const next = URL.parse(location, url);
      if (!next || !/^https?:$/.test(next.protocol)) {
        throw new RegistryError({ ...request, url }, 'it redirects to no web address', { temporary: false });
      }
      if (url.protocol === 'https:' && next.protocol === 'http:') {
        throw new RegistryError({ ...request, url }, `it redirects to "${next.host}" without TLS`, {
          temporary: false,
        });
      }
      url = next;
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

  async #answer(challenge: Challenge, request: SessionRequest): Promise<void> {
    const credentials = await this.#login();
    if (challenge.scheme === 'bearer') {
      this.#tokens.set(request.scope, await this.#fetchToken(challenge, credentials, request));
    } else if (credentials?.kind === 'password') this.#basic = basicOf(credentials);
  }

  /** The token service's protocol: GET with what is wanted; POST with a refresh token (OAuth 2). */
  async #fetchToken(
    { parameters }: Challenge,
    credentials: Credentials | undefined,
    request: SessionRequest,
  ): Promise<string> {
    const realm = URL.parse(parameters.realm ?? '');
    const isOpen = realm?.protocol === 'http:' && !isLoopback(realm.host);
    if (!realm || !/^https?:$/.test(realm.protocol) || (isOpen && request.url.protocol === 'https:')) {
      throw new RegistryError(request, `its token service "${realm?.origin ?? ''}" cannot be used`, {
        temporary: false,
      });
    }
    const wanted = new URLSearchParams({ service: parameters.service ?? '', client_id: 'kit' });
    for (const scope of request.scope.split(' ')) wanted.append('scope', scope);
    const asked = tokenRequest(realm, wanted, credentials);
    const answer = await this.#send(asked);
    if (answer.status !== 200) throw await responseError(asked, answer);
    const body = parseJson(await bodyOf(answer, 1 << 20, asked), `token of ${realm.host}`, 1 << 20);
    const text = (value: { text(): string }): string => value.text();
    return body.optional('token', text) ?? body.field('access_token').text();
  }

  /** A registry of this machine mostly speaks plain HTTP; one with TLS answers that with 400, or hangs up. */
  async #findScheme(host: string): Promise<URL> {
    const plain = new URL(`http://${host}`);
    try {
      const answer = await this.#http.send({ method: 'GET', url: new URL('/v2/', plain) });
      discard(answer.body);
      return answer.status === 400 ? new URL(`https://${host}`) : plain;
    } catch (thrown) {
      if (thrown instanceof KitError) throw thrown;
      const refusedAtAll = connectionError({ method: 'GET', url: new URL('/v2/', plain) }, thrown);
      if (!refusedAtAll.temporary) throw refusedAtAll;
      return new URL(`https://${host}`);
    }
  }
}

const redirectLimit = 5;
const redirects = new Set([301, 302, 303, 307, 308]);

async function checked(request: SessionRequest, answer: HttpResponse): Promise<HttpResponse> {
  if (request.good.includes(answer.status)) return answer;
  throw await responseError(request, answer);
}

function tokenRequest(
  realm: URL,
  wanted: URLSearchParams,
  credentials: Credentials | undefined,
): HttpRequest {
  if (credentials?.kind === 'identity') {
    const form = { grant_type: 'refresh_token', refresh_token: credentials.token };
    for (const [key, value] of Object.entries(form)) wanted.set(key, value);
    // OAuth 2 wants one parameter with all scopes.
    wanted.set('scope', wanted.getAll('scope').join(' '));
    return {
      method: 'POST',
      url: realm,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(wanted.toString()),
    };
  }
  const url = new URL(realm);
  for (const [key, value] of wanted) url.searchParams.append(key, value);
  return { method: 'GET', url, headers: credentials ? { authorization: basicOf(credentials) } : {} };
}

function basicOf({ user, password }: Credentials & { kind: 'password' }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
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
