import { clockHint } from '../../lib/errors/clock-hint.ts';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { connectionReason, isTemporary, temporaryStatus } from '../http/connection-reason.ts';

/** Method and URL of a request, for messages. */
export interface RequestLine {
  readonly method: string;
  readonly url: URL;
}

/** A response that reports an error. */
export interface ErrorResponse {
  readonly status: number;
  /** An error code of the distribution spec: `MANIFEST_UNKNOWN`. */
  readonly code: string | undefined;
  readonly text: string;
  /** From the Retry-After header. */
  readonly retryAfterMs: number | undefined;
}

interface ErrorFacts {
  readonly temporary: boolean;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** A request to a registry that failed: the request without secrets, and the response. */
export class RegistryError extends KitError {
  readonly method: string;
  /** Without user, password and query, any of which may hold a secret. */
  readonly url: string;
  /** Undefined when there was no response. */
  readonly status: number | undefined;
  readonly code: string | undefined;
  /** Whether another attempt may succeed. */
  readonly temporary: boolean;
  readonly retryAfterMs: number | undefined;

  constructor({ method, url }: RequestLine, reason: string, about: ErrorFacts) {
    super(`${method} ${redacted(url)}: ${reason}`, { hint: about.hint, cause: about.cause });
    this.method = method;
    this.url = redacted(url);
    this.status = about.status;
    this.code = about.code;
    this.temporary = about.temporary;
    this.retryAfterMs = about.retryAfterMs;
  }
}

/** A failed request as the failure of what needed it: `Cannot sign "x"`. Anything else stays as it is. */
export function failureOf(action: string, thrown: unknown): unknown {
  if (!(thrown instanceof RegistryError)) return thrown;
  return new KitError(`${action}: ${thrown.message}`, { hint: thrown.hint, cause: thrown });
}

/** The error for a response with an unexpected status. */
export function statusError(request: RequestLine, response: ErrorResponse): RegistryError {
  const { status, code, text } = response;
  const details = [code, text].filter((part) => part).join(': ');
  return new RegistryError(request, `answered ${status}${details ? ` (${details})` : ''}`, {
    ...response,
    temporary: temporaryStatus.has(status),
    hint: hintFor(status, request.url),
  });
}

/** The error for a connection that failed. */
export function connectionError(request: RequestLine, thrown: unknown): RegistryError {
  const code = codeOf(thrown);
  const hint =
    clockHint(thrown) ??
    (code !== undefined && tlsCodes.has(code)
      ? tlsHint
      : code?.startsWith('ERR_SSL')
        ? plainHint
        : undefined);
  return new RegistryError(request, connectionReason(thrown), {
    temporary: isTemporary(thrown),
    hint,
    cause: thrown,
  });
}

export function redacted(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`;
}

const tlsCodes = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
]);
const tlsHint = '--cert-file PEM adds the certificate of your own authority';
const plainHint = 'for a registry without TLS: --mirror HOST=http://HOST';

function hintFor(status: number, { host }: URL): string | undefined {
  if (status === 401 || status === 403) {
    const login = `log in with docker login ${host}, or put the credentials into ~/.docker/config.json`;
    return `${login}; a private or missing image looks the same`;
  }
  return status === 429 ? 'log in for a higher limit, or use --mirror' : undefined;
}
