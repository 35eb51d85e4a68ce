import { parseJson } from '../../lib/oci/json.ts';
import type { HttpRequest, HttpResponse } from '../http/http.ts';
import { isLoopback } from '../http/loopback.ts';
import { bodyOf, responseError } from './body.ts';
import type { Challenge } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { RegistryError, type RequestLine } from './registry-error.ts';

/** What a token is valid for: `repository:library/redis:pull`; several are separated by spaces. */
export type Scope = string;

/**
 * Fetches a token for the scope of `request` from the token service that the challenge names: by GET, or by
 * POST with a refresh token (OAuth 2). @throws RegistryError
 */
export async function fetchToken(
  { parameters }: Challenge,
  credentials: Credentials | undefined,
  request: RequestLine & { readonly scope: Scope },
  send: (request: HttpRequest) => Promise<HttpResponse>,
): Promise<string> {
  const realm = URL.parse(
    parameters.realm || '-',
    parameters.realm?.startsWith('/') ? request.url : undefined,
  );
  // The password must not leave TLS: nor for a port of this host, where any user may listen.
  const isOpen = realm?.protocol === 'http:' && request.url.protocol === 'https:';
  const isLocal = isLoopback(realm?.host ?? '') && isLoopback(request.url.host);
  if (!realm || !/^https?:$/.test(realm.protocol) || (isOpen && !isLocal)) {
    throw new RegistryError(request, `its token service "${realm?.origin ?? ''}" cannot be used`, {
      temporary: false,
    });
  }
  const wanted = new URLSearchParams({
    client_id: 'kit',
    ...(parameters.service && { service: parameters.service }),
  });
  for (const scope of scopes(request.scope, parameters.scope)) wanted.append('scope', scope);
  const tokenCall = tokenRequest(realm, wanted, credentials);
  const response = await send(tokenCall);
  if (response.status !== 200) throw await responseError(tokenCall, response);
  const body = parseJson(await bodyOf(response, 1 << 20, tokenCall), `token of ${realm.host}`, 1 << 20);
  const text = (value: { text(): string }): string => value.text();
  // Services of OAuth 2 have the second name; some have both, one of them empty.
  const found = body.optional('token', text) || body.optional('access_token', text);
  if (found) return found;
  throw new RegistryError(tokenCall, 'it answered without a token', { temporary: false });
}

/** What is asked for, and what the challenge names beyond that: a word of its own, such as ECR's `aws`. */
function scopes(asked: Scope, challenged = ''): Set<string> {
  const own = asked.split(' ');
  const isCovered = (scope: string): boolean => {
    const [, resource = '', actions = ''] = /^(.*):([^:]*)$/.exec(scope) ?? [];
    return own.some((one) => {
      const [, same, more = ''] = /^(.*):([^:]*)$/.exec(one) ?? [];
      return same === resource && actions.split(',').every((action) => more.split(',').includes(action));
    });
  };
  return new Set([...own, ...challenged.split(' ').filter((scope) => scope !== '' && !isCovered(scope))]);
}

function tokenRequest(
  realm: URL,
  wanted: URLSearchParams,
  credentials: Credentials | undefined,
): HttpRequest {
  if (credentials?.kind === 'identity') {
    const form = { grant_type: 'refresh_token', refresh_token: credentials.token };
    for (const [key, value] of Object.entries(form)) wanted.set(key, value);
    // OAuth 2 takes all scopes in one parameter.
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
  return {
    method: 'GET',
    url,
    headers: credentials ? { authorization: basicAuthorization(credentials) } : {},
  };
}

/** A Basic Authorization header. */
export function basicAuthorization({ user, password }: Credentials & { kind: 'password' }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
