import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { codeOf, reasonOf } from '../../../lib/errors/errors.ts';
import type { Clock } from '../clock/clock.ts';
import { decodePacket, encodeRequest, PacketRejected } from '../protocol/packet.ts';
import { type Kiss, type Measurement, readReply, Unusable } from '../protocol/reply.ts';

export interface Address {
  readonly address: string;
  /** 123 except in tests. */
  readonly port: number;
}

/** What a request led to. */
export type Answer =
  | Measurement
  | Kiss
  /** The server answered, and what it says is of no use. */
  | { readonly kind: 'unusable'; readonly why: string }
  /** Nothing of the server came; `why` if the system says so, or others sent something. */
  | { readonly kind: 'silent'; readonly why: string | undefined }
  /** There is no way to the server. */
  | { readonly kind: 'unsent'; readonly why: string };

export interface Question {
  /** Nanoseconds since 1970: no server is right that says it is earlier. */
  readonly floor: bigint;
  /** Seconds. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** What makes a request one that only its server can answer. */
export interface Protection {
  seal(request: Buffer): Buffer;
  /** @throws PacketRejected unless it is the server's answer */
  open(bytes: Buffer): void;
}

const none: Protection = { seal: (request) => request, open: () => {} };

/** How a server is asked for its time. Never rejects. */
export type Ask = (clock: Clock, question: Question) => Promise<Answer>;

/** Datagrams that are no answer, for one request: then the socket is closed. */
const mostUnrelated = 32;

/**
 * Asks a server once. Each request has a socket and so a random port of its own, connected, so that the
 * kernel drops what comes from elsewhere, and open only while an answer is awaited. Never rejects.
 */
export function askServer(
  server: Address,
  clock: Clock,
  { floor, patience, signal }: Question,
  protection: Protection = none,
): Promise<Answer> {
  if (signal.aborted) return Promise.resolve({ kind: 'silent', why: undefined });
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const nonce = BigInt(`0x${randomBytes(8).toString('hex')}`);
  let socket: Socket | undefined;
  let sentAt = 0n;
  let unrelated: string | undefined;
  let count = 0;
  const end = (answer: Answer): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
    socket
      ?.removeAllListeners('message')
      .removeAllListeners('error')
      .on('error', () => {});
    try {
      socket?.close();
    } catch {
      // Closed already.
    }
    socket = undefined;
    resolve(answer);
  };
  const silent = (why?: string): void => end({ kind: 'silent', why });
  const abort = (): void => silent();
  const timer = setTimeout(() => silent(unrelated), patience * 1000);
  signal.addEventListener('abort', abort);
  const receive = (bytes: Buffer): void => {
    const receivedAt = clock.now();
    try {
      const packet = decodePacket(bytes);
      protection.open(bytes);
      end(readReply(packet, { nonce, sentAt, receivedAt, floor }));
    } catch (error) {
      if (!(error instanceof PacketRejected)) throw error;
      // Only the server knows our random number: what it says with it is its answer, good or bad.
      if (error instanceof Unusable) {
        end({ kind: 'unusable', why: error.message });
        return;
      }
      unrelated = error.message;
      count++;
      if (count >= mostUnrelated) silent(`${count} packets that are no answer, such as: ${unrelated}`);
    }
  };
  try {
    socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    // Port unreachable and the like: the server may be up again at the next request.
    socket.on('error', (error) => end(failure(error)));
    socket.on('message', receive);
    socket.connect(server.port, server.address, () => {
      // Encoded before the clock is read, which is the last that happens before the packet leaves.
      const request = protection.seal(encodeRequest(nonce));
      sentAt = clock.now();
      socket?.send(request, (error) => error && end(failure(error)));
    });
  } catch (error) {
    end(failure(error));
  }
  return promise;
}

/** Of the system: without a network no request leaves, a refused one has come back from the other end. */
function failure(error: unknown): Answer {
  const why = reasonOf(error);
  return isUnsent(error) ? { kind: 'unsent', why } : { kind: 'silent', why };
}

const local = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EINVAL']);

/** Whether nothing has left this machine. */
export const isUnsent = (error: unknown): boolean => local.has(codeOf(error) ?? '');
