import type { Lease } from '../protocol/lease.ts';
import type { Incoming, Outgoing } from '../protocol/message.ts';
import type { Exchange } from './exchange.ts';

/**
 * Where a client stands (RFC 2131 figure 5); `lease` is what the interface is configured with.
 *
 *     waiting ─link─▶ selecting ─offer─▶ requesting ─ack─▶ bound ─T1─▶ renewing ─T2─▶ rebinding ─expiry─▶ selecting
 *        └─link, has a lease─▶ rebooting ─ack─▶ bound        ▲───────────ack──────────┴──────────────┘
 *
 * A NAK leads from anywhere back to selecting, without the lease.
 */
export type State =
  | { readonly name: 'waiting'; readonly lease: Lease | undefined }
  | { readonly name: 'selecting'; readonly exchange: Exchange; readonly lease: Lease | undefined }
  | {
      readonly name: 'requesting';
      readonly exchange: Exchange;
      readonly lease: Lease | undefined;
      readonly offer: Incoming;
    }
  | {
      readonly name: 'rebooting' | 'renewing' | 'rebinding';
      readonly exchange: Exchange;
      readonly lease: Lease;
    }
  | { readonly name: 'bound'; readonly lease: Lease };

export type Event =
  | { readonly kind: 'link'; readonly carrier: boolean }
  /** The time `wakeAt` named has come; early or late does no harm. */
  | { readonly kind: 'tick' }
  | { readonly kind: 'message'; readonly message: Incoming };

export type Action =
  /** `to`: unicast to this server; else broadcast. */
  | {
      readonly kind: 'send';
      readonly message: Omit<Outgoing, 'mac' | 'hostname'>;
      readonly to: string | undefined;
    }
  | { readonly kind: 'configure'; readonly lease: Lease; readonly renewed: boolean }
  | { readonly kind: 'deconfigure'; readonly lease: Lease; readonly reason: string }
  | { readonly kind: 'note'; readonly text: string };

export interface Step {
  readonly state: State;
  readonly actions: readonly Action[];
}
