import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { guestPaths } from '../../../lib/bundle/bundle.ts';

/** The machine's own files, as the probe that has every right sees them. */
export const inMachine = (path: string): string => `/proc/1/root${path}`;

/** A client of control.proto by hand: a library for gRPC would make each probe of a machine start later. */
export function controlSession(path: string): ClientHttp2Session {
  const session = connect('http://localhost', { createConnection: () => connectSocket({ path }) });
  return session.on('error', () => {});
}

/**
 * @param message in protobuf; of gRPC's frame it gets a byte that says "not compressed", and its length
 */
export function call(
  session: ClientHttp2Session,
  name: string,
  message = Buffer.alloc(0),
): ClientHttp2Stream {
  const headers = { 'content-type': 'application/grpc', te: 'trailers' };
  const path = `/kit.control.v1.Control/${name}`;
  const stream = session.request({ ':method': 'POST', ':path': path, ...headers });
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(message.length, 1);
  stream.on('error', () => {}).end(Buffer.concat([frame, message]));
  return stream;
}

/** A supervisor under emulation, that has thousands of calls to refuse, takes seconds. */
const statusMs = 30_000;

/** Which of the sockets of other clients than readers do not answer a call for the status. */
export async function unansweredSockets(): Promise<string[]> {
  const sockets = [guestPaths.operateSocket, guestPaths.controlSocket];
  const answered = await Promise.all(sockets.map((path) => answersStatus(inMachine(path))));
  return sockets.filter((_, index) => !answered[index]);
}

async function answersStatus(path: string): Promise<boolean> {
  const session = controlSession(path);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  session.on('error', () => resolve(false)).on('close', () => resolve(false));
  const timer = setTimeout(() => resolve(false), statusMs);
  const stream = call(session, 'Status').on('close', () => resolve(false));
  // A refusal has its reason in the headers; an answer comes with its message.
  stream.on('data', () => resolve(true));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    session.destroy();
  }
}
