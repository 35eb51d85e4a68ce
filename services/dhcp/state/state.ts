import type { Lease } from '../protocol/lease.ts';
import type { ClientMessage, ServerMessage } from '../protocol/message.ts';
import type { Exchange } from './exchange.ts';

/**
 * State of a client (RFC 2131 figure 5); `lease` is what the interface is configured with.
 *
 *     waiting ─link─▶ selecting ─offer─▶ requesting ─ack─▶ probing ─▶ bound ─T1─▶ renewing ─T2─▶ rebinding
 *        └─link, knows an address─▶ rebooting ─ack─▶ probing          ▲───────────ack──────────┴─────────┘
 *
 * A NAK leads from every state back to selecting, without the lease; so do an expired one and a conflict.
 */
export type ClientState =
  | {
      readonly name: 'waiting';
      readonly lease: Lease | undefined;
      /** The address of an earlier run, which is asked for again. */
      readonly remembered?: string | undefined;
    }
  | {
      readonly name: 'selecting';
      readonly exchange: Exchange;
      readonly lease: Lease | undefined;
      /** An offer that lacks something: taken when the wait is over, if no other has come. */
      readonly spare?: ServerMessage | undefined;
      readonly remembered?: string | undefined;
    }
  | {
      readonly name: 'requesting';
      readonly exchange: Exchange;
      readonly lease: Lease | undefined;
      readonly offer: ServerMessage;
    }
  | {
      readonly name: 'rebooting';
      readonly exchange: Exchange;
      readonly lease: Lease | undefined;
      readonly address: string;
    }
  /** Looks whether another host has the address (RFC 5227), which the interface has not yet. */
  | {
      readonly name: 'probing';
      readonly lease: Lease | undefined;
      readonly candidate: Lease;
      readonly probes: number;
      readonly nextAt: number;
    }
  | {
      readonly name: 'renewing' | 'rebinding';
      readonly exchange: Exchange;
      readonly lease: Lease;
    }
  | { readonly name: 'bound'; readonly lease: Lease };

/** A client that awaits a reply. */
export type Asking = Exclude<ClientState, { name: 'waiting' | 'probing' | 'bound' }>;

export type ClientEvent =
  | { readonly kind: 'link'; readonly carrier: boolean }
  /** The time returned by `wakeAt` has come; early or late does no harm. */
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly message: ServerMessage }
  /** Another host has the address that is being probed. */
  | { readonly kind: 'conflict'; readonly address: string; readonly mac: string }
  /** A reply to this client that is none that can be read. */
  | { readonly kind: 'unreadable'; readonly xid: number; readonly from: string; readonly why: string };

export type ClientAction =
  /** `to`: unicast to this server; else broadcast. */
  | {
      readonly kind: 'send';
      readonly message: Omit<ClientMessage, 'mac' | 'hostname'>;
      readonly to: string | undefined;
    }
  | { readonly kind: 'configure'; readonly lease: Lease; readonly renewed: boolean }
  /** An ARP probe for the address. */
  | { readonly kind: 'probe'; readonly address: string }
  /** The carrier is lost: the address stays, and routes through the interface go. */
  | { readonly kind: 'suspend'; readonly lease: Lease }
  | { readonly kind: 'deconfigure'; readonly lease: Lease; readonly reason: string }
  | { readonly kind: 'log'; readonly text: string }
  /** A server was heard, and what it said was not taken: `10.0.2.2 offered 0.0.0.0, not taken: …`. */
  | { readonly kind: 'turned-down'; readonly text: string };

export interface Transition {
  readonly state: ClientState;
  readonly actions: readonly ClientAction[];
}
