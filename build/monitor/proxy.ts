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

export interface ProxyTarget {
  /** The session with the guest, if there is one now. */
  readonly session: ClientHttp2Session | undefined;
  /** Why there is none. */
  readonly trouble: string;
}

/** What the proxy answers itself, by path; both messages of such a call are empty. */
export type OwnMethods = Readonly<Record<string, () => Promise<unknown>>>;

/**
 * An HTTP/2 server that hands each gRPC call of any number of clients to the one session with the guest,
 * stream by stream, without looking into the messages. Flow control, cancelling and deadlines go through as
 * they are.
 */
export function controlProxy(target: ProxyTarget, own: OwnMethods): Http2Server {
  const server = createServer({ maxSessionInvalidFrames: 100 });
  // A client that talks nonsense loses its connection, and nobody else notices.
  server.on('sessionError', () => {});
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    stream.on('error', () => {});
    const method = own[String(headers[':path'])];
    if (method) answerOwn(stream, method);
    else if (target.session) forward(stream, headers, target.session);
    else fail(stream, target.trouble);
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
      // A message of no bytes: u8 compressed | u32 length.
      stream.end(Buffer.alloc(5));
    },
    (thrown: unknown) => fail(stream, reasonOf(thrown), status.INTERNAL),
  );
}

function forward(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, session: ClientHttp2Session): void {
  const request = tryRequest(session, headers);
  if (!request) {
    fail(stream, 'the guest ended the connection');
    return;
  }
  request.on('error', () => {});
  let trailers: OutgoingHttpHeaders | undefined;
  request.on('response', (answer, flags) => {
    if (stream.destroyed || stream.headersSent) return;
    // A call that failed at once has only trailers, sent as headers.
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
  request.once('close', () => finish(stream, request));
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
    // The session ended between our look and the call.
    return undefined;
  }
}

/** The guest's stream is over; ours must end too, however that came. */
function finish(stream: ServerHttp2Stream, request: ClientHttp2Stream): void {
  if (stream.destroyed) return;
  if (!stream.headersSent) fail(stream, 'the guest ended the connection');
  else if (request.readableEnded || request.rstCode !== constants.NGHTTP2_NO_ERROR) stream.end();
  // What was received is still on its way through the pipe, which ends our stream.
  else request.once('end', () => stream.end());
}

/** An answer that consists of nothing but the reason. */
function fail(stream: ServerHttp2Stream, reason: string, code = status.UNAVAILABLE): void {
  if (stream.destroyed || stream.headersSent) return;
  stream.resume();
  stream.respond({ ...grpcHead, ...failure(reason, code) }, { endStream: true });
}

const grpcHead = { ':status': 200, 'content-type': 'application/grpc+proto' } as const;

function failure(reason: string, code = status.UNAVAILABLE): OutgoingHttpHeaders {
  return { 'grpc-status': code, 'grpc-message': encodeURIComponent(reason) };
}

/** The headers by name, without Node's symbols. */
function plainHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers));
}
