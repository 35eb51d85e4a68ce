import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { systemReason } from '../../lib/errors/system.ts';
import type { VsockAddress } from '../../lib/linux/net/vsock.ts';
import { RateLimit } from '../../lib/log/rate-limit.ts';
import type { Logger } from '../../lib/service/service.ts';
import type { Settings } from './arguments.ts';
import { relay } from './relay.ts';

/** Of all peers together: as many times what one may have. */
const allPeers = 2;

/** The connections that are forwarded, within limits. */
export class Connections {
  readonly #settings: Pick<Settings, 'cids' | 'maxConnections'>;
  readonly #log: Pick<Logger, 'info' | 'warn'>;
  readonly #reports = new RateLimit();
  readonly #open = new Map<number, number>();

  constructor(settings: Pick<Settings, 'cids' | 'maxConnections'>, log: Pick<Logger, 'info' | 'warn'>) {
    this.#settings = settings;
    this.#log = log;
  }

  /** Why a peer gets no connection; undefined: it gets one. */
  refusal({ cid }: VsockAddress): string | undefined {
    const { cids, maxConnections } = this.#settings;
    if (!cids.includes(cid)) return `only ${cids.map(String).join(' and ')} may connect (-allow-cid)`;
    if ((this.#open.get(cid) ?? 0) >= maxConnections) {
      return `it has ${maxConnections} connections, which is its limit (-max-connections)`;
    }
    const all = [...this.#open.values()].reduce((sum, count) => sum + count, 0);
    if (all >= maxConnections * allPeers) return `${all} connections are open, which is the limit of all`;
    return undefined;
  }

  /** Says why a peer was turned away, once a minute for each kind. */
  turnAway({ cid, port }: VsockAddress, why: string): void {
    this.#report(`${cid} ${why}`, `vsock ${cid}:${port} was turned away: ${why}`);
  }

  /** Forwards an accepted connection of a peer to the socket. */
  forward(connection: Duplex, { cid }: VsockAddress, socket: string): void {
    this.#open.set(cid, (this.#open.get(cid) ?? 0) + 1);
    connection.once('close', () => this.#closed(cid));
    const target = connect({ path: socket, allowHalfOpen: true });
    const report = (thrown: Error): void =>
      this.#report(socket, `Cannot connect to "${socket}": ${systemReason(thrown)}`);
    target.once('error', report).once('connect', () => target.off('error', report));
    relay(connection, target);
  }

  #closed(cid: number): void {
    const left = (this.#open.get(cid) ?? 1) - 1;
    if (left > 0) this.#open.set(cid, left);
    else this.#open.delete(cid);
  }

  #report(kind: string, line: string): void {
    const skipped = this.#reports.report(kind);
    if (skipped !== undefined) this.#log.warn(skipped > 0 ? `${line} (${skipped} more before)` : line);
  }
}
