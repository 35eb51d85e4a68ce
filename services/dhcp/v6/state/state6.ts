import type { Lease6, Settings6 } from '../lease6.ts';
import type { ClientMessage6, ServerMessage6 } from '../message6.ts';
import type { Exchange6 } from './exchange6.ts';

/** What is asked for: by the manifest, or by the flags of router advertisements. */
export interface Wanted {
  readonly address: boolean;
  /** The length of a prefix of its own. */
  readonly prefix?: number | undefined;
  /** Settings without a lease. */
  readonly settings: boolean;
}

/**
 * State of a DHCPv6 client (RFC 8415 section 18.2).
 *
 *     idle ─▶ soliciting ─advertise─▶ requesting ─reply─▶ bound ─T1─▶ renewing ─T2─▶ rebinding ─▶ soliciting
 *       └───▶ informing ─reply─▶ informed ─refresh time─▶ informing
 *
 *     with a lease: ─link─▶ confirming ─reply─▶ bound;  ─release─▶ releasing ─reply─▶ idle
 */
export type State6 =
  | { readonly name: 'idle'; readonly wanted: Wanted; readonly lease?: undefined }
  | {
      readonly name: 'soliciting';
      readonly wanted: Wanted;
      readonly exchange: Exchange6;
      readonly best?: ServerMessage6 | undefined;
      readonly lease?: undefined;
    }
  | {
      readonly name: 'requesting';
      readonly wanted: Wanted;
      readonly exchange: Exchange6;
      readonly offer: ServerMessage6;
      readonly lease?: undefined;
    }
  | { readonly name: 'bound'; readonly wanted: Wanted; readonly lease: Lease6 }
  | {
      readonly name: 'renewing' | 'rebinding';
      readonly wanted: Wanted;
      readonly exchange: Exchange6;
      readonly lease: Lease6;
    }
  | {
      readonly name: 'confirming';
      readonly wanted: Wanted;
      readonly exchange: Exchange6;
      readonly lease: Lease6;
    }
  | {
      readonly name: 'releasing';
      readonly wanted: Wanted;
      readonly exchange: Exchange6;
      /** What the server gets back. */
      readonly given: Lease6;
      readonly lease?: undefined;
    }
  | {
      readonly name: 'informing';
      readonly wanted: Wanted;
      readonly exchange: Exchange6;
      readonly lease?: undefined;
    }
  | {
      readonly name: 'informed';
      readonly wanted: Wanted;
      readonly refreshAt: number;
      readonly lease?: undefined;
    };

export type Asking6 = Extract<State6, { exchange: Exchange6 }>;

export type Event6 =
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly message: ServerMessage6 }
  | { readonly kind: 'want'; readonly wanted: Wanted }
  /** The carrier is back: the network may be another. */
  | { readonly kind: 'link' }
  /** Another host has an address of the lease. */
  | { readonly kind: 'conflict'; readonly addresses: readonly string[] }
  /** The machine ends: the lease goes back, and nothing follows. */
  | { readonly kind: 'release' };

export type Send6 = Omit<ClientMessage6, 'duid' | 'iaid'>;

export type Action6 =
  | { readonly kind: 'send'; readonly message: Send6 }
  | { readonly kind: 'configure'; readonly lease: Lease6; readonly renewed: boolean }
  | { readonly kind: 'deconfigure'; readonly lease: Lease6; readonly reason: string }
  | { readonly kind: 'inform'; readonly settings: Settings6 }
  | { readonly kind: 'released' }
  | { readonly kind: 'log'; readonly text: string };

export interface Transition6 {
  readonly state: State6;
  readonly actions: readonly Action6[];
}
