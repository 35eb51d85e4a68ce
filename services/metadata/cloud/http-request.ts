import { type Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';

export interface HttpRequest {
  readonly url: URL;
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Of the answer's body. */
  readonly maximalBytes: number;
  /** Bounds the whole exchange, from the connection to the last byte. */
  readonly signal: AbortSignal;
  /** Its own, which takes no proxy from the environment. */
  readonly agent: Agent;
  /** The source port, for services that trust only privileged ones. */
  readonly localPort?: number | undefined;
  /** Called once there is a connection. */
  readonly onConnect: () => void;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** No answer: nobody listens there, or there is no way there. Another attempt may succeed. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  /** `ECONNREFUSED`; `ABORT_ERR` when the time was up. */
  readonly code: string;

  constructor(cause: unknown) {
    super(reasonOf(cause), { cause });
    this.code = codeOf(cause) ?? 'ABORT_ERR';
  }
}

/** Headers of an answer, all together; Node's own limit, which its options could change. */
const maximalHeaderBytes = 16 << 10;

/**
 * One HTTP exchange, without redirects. Node's parser is the strict one: an answer with two lengths, or with
 * control characters in its head, is none.
 * @throws NoAnswerError before the answer has begun; KitError when it is too long, packed, or ends too early
 */
export function exchange(request: HttpRequest): Promise<HttpAnswer> {
  const { url, method, headers, body, signal, agent, localPort } = request;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = send(url, {
      ...{ method, signal, maxHeaderSize: maximalHeaderBytes },
      // An agent would take any connection that it has, whatever its port.
      agent: localPort === undefined ? agent : false,
      headers: { 'User-Agent': 'kit', 'Accept-Encoding': 'identity', ...headers },
      ...(localPort !== undefined && { localPort }),
    });
    sent.on('socket', (socket) => {
      if (socket.connecting) socket.once('connect', request.onConnect);
      else request.onConnect();
    });
    sent.on('error', (error) => reject(new NoAnswerError(error)));
    sent.on('response', (response) => {
      readBody(response, request).then(
        (bytes) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: bytes }),
        (error) => {
          sent.destroy();
          reject(error);
        },
      );
    });
    sent.end(body);
  });
}

async function readBody(
  response: IncomingMessage,
  { url, maximalBytes, signal }: HttpRequest,
): Promise<Buffer> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw unreadable(url, 'it is packed, which nobody asked for');
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of response as AsyncIterable<Buffer>) {
      length += piece.length;
      if (length > maximalBytes) break;
      pieces.push(piece);
    }
  } catch (error) {
    throw signal.aborted ? new NoAnswerError(error) : unreadable(url, 'it ends too early', error);
  }
  if (length > maximalBytes) throw unreadable(url, `it is longer than ${maximalBytes} bytes`);
  return Buffer.concat(pieces);
}

const unreadable = (url: URL, why: string, cause?: unknown): KitError =>
  new KitError(`Cannot read the answer of "${shownUrl(url)}": ${why}`, { cause });

/** Without what may be a secret: the user, the password and the query. */
export const shownUrl = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${pathname}`;
