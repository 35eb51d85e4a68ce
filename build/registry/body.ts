import type { IncomingMessage } from 'node:http';
import { parseJson, withoutUndefined } from '../../lib/oci/json.ts';
import type { HttpResponse } from '../http/http.ts';
import { connectionError, RegistryError, type RequestLine, statusError } from './registry-error.ts';

/** The whole body of a response. @throws RegistryError for more than `limit` bytes */
export async function bodyOf({ body }: HttpResponse, limit: number, request: RequestLine): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (bytes > limit)
        throw new RegistryError(request, `more than ${limit} bytes came`, { temporary: false });
      pieces.push(piece);
    }
  } catch (thrown) {
    throw thrown instanceof RegistryError ? thrown : connectionError(request, thrown);
  }
  return Buffer.concat(pieces);
}

/** Bytes; reading a longer body costs more than a new connection. */
const discardLimit = 1 << 20;

/** Reads a body to its end, so that its connection can be used again; closes the connection of a long one. */
export function discard(body: IncomingMessage): void {
  let left = discardLimit;
  body
    .on('error', () => {})
    .on('data', (piece: Buffer) => {
      left -= piece.length;
      if (left < 0) body.destroy();
    });
}

const errorLimit = 1 << 16;

/** The error for this response, with the message in its body: `{"errors": [{"code": …, "message": …}]}`. */
export async function responseError(request: RequestLine, response: HttpResponse): Promise<RegistryError> {
  const { status, headers } = response;
  const bytes = await bodyOf(response, errorLimit, request).catch(() => Buffer.alloc(0));
  const retryAfterMs = waitOf(headers['retry-after'], Date.now());
  return statusError(request, { status, retryAfterMs, ...errorIn(bytes) });
}

/** Milliseconds of a Retry-After header: seconds, or a date (RFC 9110, 10.2.3). @param now ms of the epoch */
export function waitOf(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(at - now, 0);
}

function errorIn(bytes: Buffer): { code: string | undefined; text: string } {
  try {
    const [first] = parseJson(bytes, 'response', errorLimit)
      .field('errors')
      .list((one) =>
        withoutUndefined({ code: one.optional('code', textOf), message: one.optional('message', textOf) }),
      );
    return { code: first?.code, text: oneLine(first?.message ?? '') };
  } catch {
    // A proxy's HTML page, or no body: the message then has only the status.
    return { code: undefined, text: '' };
  }
}

const textOf = (value: { text(): string }): string => value.text();

/** Removes control characters, which could change the state of a terminal. */
const oneLine = (text: string): string => text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200);
