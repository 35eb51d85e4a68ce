import type { IncomingMessage } from 'node:http';
import { parseJson, withoutUndefined } from '../../lib/oci/json.ts';
import type { HttpResponse } from './http.ts';
import { connectionError, RegistryError, type RequestLine, statusError } from './registry-error.ts';

/** The whole body of an answer; refuses one of more than `limit` bytes. */
export async function bodyOf({ body }: HttpResponse, limit: number, asked: RequestLine): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const piece of body as AsyncIterable<Uint8Array>) {
      bytes += piece.length;
      if (bytes > limit)
        throw new RegistryError(asked, `more than ${limit} bytes came`, { temporary: false });
      pieces.push(piece);
    }
  } catch (thrown) {
    throw thrown instanceof RegistryError ? thrown : connectionError(asked, thrown);
  }
  return Buffer.concat(pieces);
}

/** Longer bodies cost more than a new connection. */
const discardLimit = 1 << 20;

/**
 * Throws an answer's body away, so that its connection can be used again; one that does not end takes it
 * along.
 */
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

/** The error for this answer, with what its body says: `{"errors": [{"code": …, "message": …}]}`. */
export async function responseError(asked: RequestLine, answer: HttpResponse): Promise<RegistryError> {
  const { status, headers } = answer;
  const bytes = await bodyOf(answer, errorLimit, asked).catch(() => Buffer.alloc(0));
  const seconds = Number(headers['retry-after']);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return statusError(asked, { status, retryAfterMs, ...said(bytes) });
}

function said(bytes: Buffer): { code: string | undefined; text: string } {
  try {
    const [first] = parseJson(bytes, 'answer', errorLimit)
      .field('errors')
      .list((one) =>
        withoutUndefined({ code: one.optional('code', textOf), message: one.optional('message', textOf) }),
      );
    return { code: first?.code, text: oneLine(first?.message ?? '') };
  } catch {
    // A proxy's page, or nothing: the status must do.
    return { code: undefined, text: '' };
  }
}

const textOf = (value: { text(): string }): string => value.text();

/** Nothing from outside may move the cursor of a terminal. */
const oneLine = (text: string): string => text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 200);
