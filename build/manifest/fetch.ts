import { KitError, reasonOf } from '../../lib/errors/errors.ts';

export interface FetchOptions {
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  /** Time limit for the whole response, including the body. */
  readonly timeoutMs?: number;
}

/** Whether the name of a manifest is an `http://…` or `https://…` URL. */
export const isUrl = (file: string): boolean => /^https?:\/\//i.test(file);

/** The URL without user and password, which must not appear in messages, lock files and logs. */
export function shownUrl(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
}

/**
 * The response body of a GET request. Follows redirects. The caller must limit how much of the body it reads.
 * @throws KitError for an invalid URL, a time-out, and a status other than 2xx
 */
export async function fetchBody(
  address: string,
  { signal, timeoutMs = 30_000 }: FetchOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const shown = shownUrl(address);
  const first = request(address, shown);
  const late = AbortSignal.timeout(timeoutMs);
  const signals = AbortSignal.any([late, ...(signal ? [signal] : [])]);
  const explain = (thrown: unknown): Error => {
    if (signal?.aborted) return signal.reason;
    const reason = late.aborted ? `no response within ${timeoutMs / 1000} s` : failure(thrown);
    return new KitError(`Cannot fetch "${shown}": ${reason}`, { cause: thrown });
  };
  const answer = await follow(first, signals).catch((thrown) => {
    throw explain(thrown);
  });
  if (answer.ok) return explained(answer.body, explain);
  await answer.body?.cancel().catch(() => {});
  throw new KitError(
    `Cannot fetch "${shown}": the server responded ${answer.status} ${answer.statusText}`.trimEnd(),
    {
      hint:
        answer.status === 401 || answer.status === 403
          ? 'https://USER:PASSWORD@HOST/… passes a user name and password'
          : undefined,
    },
  );
}

const redirectLimit = 5;

/**
 * Follows redirects, but not from https to http, where anybody on the way could answer; the password goes to
 * no other server.
 */
async function follow({ url, headers }: Request, signal: AbortSignal): Promise<Response> {
  let at = url;
  for (let hops = 0; hops <= redirectLimit; hops += 1) {
    const own = at.origin === url.origin ? headers : {};
    const answer = await fetch(at, { headers: own, signal, redirect: 'manual' });
    const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (next === null) return answer;
    await answer.body?.cancel().catch(() => {});
    const to = URL.parse(next, at);
    if (!to || !/^https?:$/.test(to.protocol)) throw new Error('it redirects to no web address');
    if (at.protocol === 'https:' && to.protocol === 'http:')
      throw new Error(`it redirects to "${to.host}" without TLS`);
    at = to;
  }
  throw new Error(`it redirects more than ${redirectLimit} times`);
}

interface Request {
  readonly url: URL;
  readonly headers: Record<string, string>;
}

/** fetch() rejects URLs that contain credentials, so they are sent in an Authorization header. */
function request(address: string, shown: string): Request {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new KitError(`Cannot fetch "${shown}": invalid URL`);
  const { username, password } = url;
  if (username === '') return { url, headers: {} };
  url.username = '';
  url.password = '';
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

/** Gives the same explanations for failures while the body is read. */
async function* explained(
  body: ReadableStream<Uint8Array> | null,
  explain: (thrown: unknown) => Error,
): AsyncGenerator<Uint8Array> {
  try {
    if (body) yield* body;
  } catch (thrown) {
    throw explain(thrown);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server does not respond',
  ECONNRESET: 'the connection was closed early',
  UND_ERR_SOCKET: 'the connection was closed early',
  UND_ERR_CONNECT_TIMEOUT: 'connection timed out',
};

/**
 * The message of fetch's error is only "fetch failed"; the reason is in its `cause`, which is an
 * AggregateError for a host with several addresses.
 */
function failure(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return reasons[code] ?? reasonOf(first);
}
