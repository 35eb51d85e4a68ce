import { addressFault, isIncomplete, type Lease, leaseOf } from '../protocol/lease.ts';
import type { ServerMessage } from '../protocol/message.ts';
import type { Asking } from './state.ts';

/** What a server's reply means to a client that waits for one. */
export type Verdict =
  | { readonly kind: 'offer' }
  /** To be taken if there is no better one. */
  | { readonly kind: 'spare-offer' }
  | { readonly kind: 'lease'; readonly lease: Lease }
  | { readonly kind: 'refusal' }
  /** The offer of one more server, after another's was taken. */
  | { readonly kind: 'late' }
  /** `text` says which server said what, and why it is not taken. */
  | { readonly kind: 'turned-down'; readonly text: string };

/** The verdict on a reply of the client's own exchange. */
export function verdictOn(message: ServerMessage, state: Asking): Verdict {
  switch (message.type) {
    case 'offer':
      return verdictOnOffer(message, state);
    case 'nak':
      return verdictOnNak(message, state);
    case 'ack':
      return verdictOnAck(message, state);
  }
}

function verdictOnOffer(offer: ServerMessage, { name }: Asking): Verdict {
  if (name !== 'selecting') return { kind: 'late' };
  const fault = addressFault(offer.address);
  if (fault !== undefined)
    return turnedDown(`${offer.server} offered ${offer.address}, which is not taken: ${fault}`);
  return { kind: isIncomplete(offer) ? 'spare-offer' : 'offer' };
}

/** A NAK of another server than the one that was asked would end a valid lease. */
function verdictOnNak({ server }: ServerMessage, state: Asking): Verdict {
  if (state.name === 'selecting') return turnedDown(`${server} refused, and was not asked for an address`);
  const asked = askedServer(state);
  if (asked === undefined || asked === server) return { kind: 'refusal' };
  return turnedDown(`${server} refused, which does not count: ${asked} was asked`);
}

/**
 * An ACK for the address that was asked for counts, whatever server it names: there are servers whose ACK
 * names none, or another address of theirs than their OFFER.
 */
function verdictOnAck(message: ServerMessage, state: Asking): Verdict {
  const { server, namesServer, address } = message;
  const fault = state.name === 'selecting' ? 'nothing was requested yet' : addressFault(address);
  const [asked, requested] = [askedServer(state), requestedAddress(state)];
  const isOther = asked !== undefined && namesServer && server !== asked;
  const why =
    fault ?? (isOther && address !== requested ? `${asked} was asked, for ${requested}` : undefined);
  if (why !== undefined) return turnedDown(`${server} acknowledged ${address}, which is not taken: ${why}`);
  const named = namesServer ? message : { ...message, server: asked ?? server };
  const lease = leaseOf(named, state.exchange.sentAt);
  if (!isOther) return { kind: 'lease', lease };
  const assumed = [...lease.assumed, `${server} acknowledged what ${asked} was asked for`];
  return { kind: 'lease', lease: { ...lease, assumed } };
}

/** The one server whose answer is awaited; undefined: that of any server. */
function askedServer(state: Asking): string | undefined {
  if (state.name === 'requesting') return state.offer.server;
  return state.name === 'renewing' ? state.lease.server : undefined;
}

function requestedAddress(state: Asking): string | undefined {
  if (state.name === 'requesting') return state.offer.address;
  return state.name === 'rebooting' ? state.address : state.lease?.address;
}

const turnedDown = (text: string): Verdict => ({ kind: 'turned-down', text });
