import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { status } from '@grpc/grpc-js';
import { reasonOf } from '../../lib/errors/errors.ts';
import { SilentGuest } from './silent-guest.ts';

export interface ProxyTarget {
  /** The session with the guest, if there is one now. */
  readonly session: ClientHttp2Session | undefined;
  /** Waits for a session that is expected soon. Never rejects. */
  awaitSession(): Promise<ClientHttp2Session | undefined>;
  /** The reason why there is no session. */
  readonly trouble: string;
}

/** The gRPC methods that the proxy answers itself, by path; request and reply are empty messages. */
export type OwnMethods = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * An HTTP/2 server that forwards the gRPC calls of any number of clients to the one session with the guest,
 * stream by stream, without decoding messages. Flow control, cancellation and deadlines are passed through.
 */
export function controlProxy(target: ProxyTarget, own: OwnMethods): Http2Server {
  const server = createServer({ maxSessionInvalidFrames: 100 });
  // A client that violates the protocol loses its own connection; without a listener the process would end.
  server.on('sessionError', () => {});
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => {});
    const method = own[String(headers[':path'])];
    if (method) answerOwn(stream, method);
    else if (target.session) forward(stream, headers, target.session);
    else void forwardSoon(stream, headers, target);
  });
  return server;
}

function answerOwn(stream: ServerHttp2Stream, method: () => Promise<unknown>): void {
  stream.resume();
  method().then(
    () => {
      if (stream.destroyed) return;
      stream.respond(grpcHead, { waitForTrailers: true });
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': status.OK }));
      // An empty message: u8 compressed | u32 length.
      stream.end(Buffer.alloc(5));
    },
    (thrown: unknown) => fail(stream, reasonOf(thrown), status.INTERNAL),
  );
}

/** Forwards a call between two sessions with the next one. */
async function forwardSoon(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  target: ProxyTarget,
): Promise<void> {
  const session = await target.awaitSession();
  // Its client may have given up.
  if (stream.destroyed) return;
  if (session) forward(stream, headers, session);
  else fail(stream, target.trouble);
}

function forward(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, session: ClientHttp2Session): void {
  const request = tryRequest(session, headers);
  if (!request) {
    fail(stream, 'the guest ended the connection');
    return;
  }
  let ended = 'the guest ended the connection';
  request.on('error', (error) => {
    if (error instanceof SilentGuest) ended = error.message;
  });
  let trailers: OutgoingHttpHeaders | undefined;
  request.on('response', (answer, flags) => {
    if (stream.destroyed || stream.headersSent) return;
    // A call that fails at once is answered with trailers only, sent as headers (gRPC over HTTP/2).
    const endStream = (flags & constants.NGHTTP2_FLAG_END_STREAM) !== 0;
    stream.respond(plainHeaders(answer), endStream ? { endStream } : { waitForTrailers: true });
    if (!endStream) request.pipe(stream);
  });
  request.on('trailers', (received) => {
    trailers = plainHeaders(received);
  });
  stream.on('wantTrailers', () =>
    stream.sendTrailers(trailers ?? failure('the guest went away in the middle of the answer')),
  );
  request.once('close', () => finish(stream, request, ended));
  stream.once('close', () => {
    if (!request.closed) request.close(constants.NGHTTP2_CANCEL);
  });
  stream.pipe(request);
}

function tryRequest(
  session: ClientHttp2Session,
  headers: IncomingHttpHeaders,
): ClientHttp2Stream | undefined {
  try {
    return session.request({ ...plainHeaders(headers), ':authority': 'guest' }, { endStream: false });
  } catch {
    // The session ended after `target.session` was read.
    return undefined;
  }
}

/**
 * Ends the client's stream after the guest's stream has closed, for whatever reason.
 * @param ended the reason if it had not answered
 */
function finish(stream: ServerHttp2Stream, request: ClientHttp2Stream, ended: string): void {
  if (stream.destroyed) return;
  if (!stream.headersSent) fail(stream, ended);
  else if (request.readableEnded || request.rstCode !== constants.NGHTTP2_NO_ERROR) stream.end();
  // Data already received is still in the pipe, which ends our stream afterwards.
  else request.once('end', () => stream.end());
}

/** Answers with a status and its message only. */
function fail(stream: ServerHttp2Stream, reason: string, code = status.UNAVAILABLE): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.resume();
  stream.respond({ ...grpcHead, ...failure(reason, code) }, { endStream: true });
}

const grpcHead = { ':status': 200, 'content-type': 'application/grpc+proto' } as const;

function failure(reason: string, code = status.UNAVAILABLE): OutgoingHttpHeaders {
  return { 'grpc-status': code, 'grpc-message': encodeURI(reason) };
}

/** The headers without the symbol keys that Node adds. */
function plainHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers));
}
