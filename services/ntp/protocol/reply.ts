import { type Packet, PacketRejected } from './packet.ts';
import { difference, secondsOf, timeOf, timestampOf } from './timestamp.ts';

/** What is known of a request when its reply has come. Local times are nanoseconds since 1970. */
export interface Exchange {
  readonly nonce: bigint;
  readonly sentAt: bigint;
  readonly receivedAt: bigint;
  /** No server is right that says it is earlier. */
  readonly floor: bigint;
}

/** What one reply says about the clock. */
export interface Measurement {
  readonly kind: 'measurement';
  /** What the local clock lacks, in units of 2^-32 s: negative if it is ahead. */
  readonly offset: bigint;
  /** There and back, in seconds. */
  readonly delay: number;
  /** How wrong the reading of both clocks may be, in seconds. */
  readonly dispersion: number;
  readonly leap: number;
  readonly stratum: number;
  /** Seconds. */
  readonly rootDelay: number;
  /** Seconds. */
  readonly rootDispersion: number;
  readonly reference: Buffer;
}

/** The server refuses: `DENY`, `RSTR`, `RATE` or another code of four characters (RFC 5905, section 7.4). */
export interface Kiss {
  readonly kind: 'kiss';
  readonly code: string;
}

/** The local clock is read to a microsecond or so, whatever its resolution: 2^-20 s. */
export const localPrecision = 2 ** -20;
/** How much a clock may go wrong each second (PHI). */
export const drift = 15e-6;
/** Seconds: a server that is further from its own reference is of no use (MAXDISP). */
const mostDistance = 16;

/**
 * Checks a reply against its request (RFC 5905, section 8: tests 1 to 7), and computes what it says.
 * @throws Unusable if the server's answer is no good, PacketRejected if it is no answer: anybody can send it
 */
export function readReply(packet: Packet, exchange: Exchange): Measurement | Kiss {
  checkRelated(packet, exchange);
  if (packet.stratum === 0) return { kind: 'kiss', code: kissCode(packet.reference) };
  checkServer(packet);
  const { receive, transmit, rootDelay, rootDispersion, leap, stratum, reference } = packet;
  const [sent, received] = [timestampOf(exchange.sentAt), timestampOf(exchange.receivedAt)];
  if (timeOf(transmit, exchange.receivedAt) < exchange.floor)
    throw new Unusable('its time is earlier than this machine can be');
  const inServer = difference(transmit, receive);
  const away = difference(received, sent);
  if (inServer < 0n || inServer > away) throw new Unusable('it answered before it was asked');
  const offset = (difference(receive, sent) + difference(transmit, received)) >> 1n;
  const dispersion = 2 ** packet.precision + localPrecision + drift * secondsOf(away);
  return {
    ...{ kind: 'measurement', offset, dispersion },
    delay: Math.max(secondsOf(away - inServer), localPrecision),
    ...{ leap, stratum, rootDelay, rootDispersion, reference },
  };
}

/** Whether it is the server's answer to this request at all. */
function checkRelated({ mode, version, origin }: Packet, { nonce }: Exchange): void {
  if (mode !== 4) throw new PacketRejected(`mode ${mode} is not a server's`);
  if (version < 3 || version > 4) throw new PacketRejected(`version ${version} is neither 3 nor 4`);
  if (origin !== nonce) throw new PacketRejected('it answers no request of ours');
}

/** An answer of the server itself, and no good. */
export class Unusable extends PacketRejected {}

function checkServer(packet: Packet): void {
  const { leap, stratum, precision, rootDelay, rootDispersion, receive, transmit } = packet;
  if (leap === 3 || stratum >= 16) throw new Unusable('it is not synchronised itself');
  if (receive === 0n || transmit === 0n) throw new Unusable('it gives no time');
  if (precision > 0 || precision < -64) throw new Unusable(`a precision of 2^${precision} s`);
  const distance = rootDelay / 2 + rootDispersion;
  if (distance >= mostDistance) throw new Unusable(`it is ${distance.toFixed(1)} s from its own reference`);
}

/** Four characters of ASCII; anything else is shown as dots. */
const kissCode = (reference: Buffer): string => reference.toString('latin1').replace(/[^A-Z0-9]/g, '.');
