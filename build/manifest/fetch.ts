import { KitError, reasonOf } from '../../lib/errors/errors.ts';

export interface FetchOptions {
  /** Aborted by Ctrl-C. */
  readonly signal?: AbortSignal | undefined;
  /** The whole answer has to be there by then. */
  readonly timeoutMs?: number;
}

/** `http://…` or `https://…`, as a manifest's file name may be. */
export const isUrl = (file: string): boolean => /^https?:\/\//i.test(file);

/** The address without a password, which must not stand in messages, locks and logs. */
export function shownUrl(address: string): string {
  return address.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1');
}

/**
 * The body of an address, redirects followed. The caller reads it, and bounds how much of it.
 * @throws KitError when the address is none, or there is no good answer in time
 */
export async function fetchBody(
  address: string,
  { signal, timeoutMs = 30_000 }: FetchOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const shown = shownUrl(address);
  const { url, headers } = request(address, shown);
  const late = AbortSignal.timeout(timeoutMs);
  const signals = AbortSignal.any([late, ...(signal ? [signal] : [])]);
  const explain = (thrown: unknown): Error => {
    if (signal?.aborted) return signal.reason;
    const reason = late.aborted ? `no answer in ${timeoutMs / 1000} s` : failure(thrown);
    return new KitError(`Cannot fetch "${shown}": ${reason}`, { cause: thrown });
  };
  const answer = await fetch(url, { headers, signal: signals }).catch((thrown) => {
    throw explain(thrown);
  });
  if (answer.ok) return explained(answer.body, explain);
  await answer.body?.cancel().catch(() => {});
  throw new KitError(
    `Cannot fetch "${shown}": the server answers ${answer.status} ${answer.statusText}`.trimEnd(),
    {
      hint:
        answer.status === 401 || answer.status === 403
          ? 'https://USER:PASSWORD@HOST/… names a user'
          : undefined,
    },
  );
}

/** fetch takes no address with a password in it. */
function request(address: string, shown: string): { url: URL; headers: Record<string, string> } {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url) throw new KitError(`Cannot fetch "${shown}": it is no address`);
  const { username, password } = url;
  if (username === '') return { url, headers: {} };
  url.username = '';
  url.password = '';
  const user = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { url, headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` } };
}

/** An answer may break off while it is read. */
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
  ECONNREFUSED: 'nobody listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server does not answer',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

/** fetch says "fetch failed"; why is in its cause, and, with several addresses of a host, in that of its causes. */
function failure(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause !== undefined ? thrown.cause : thrown;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  return reasons[code] ?? reasonOf(first);
}
