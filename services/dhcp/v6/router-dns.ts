import type { DnsConfig } from '../../../lib/bundle/network.ts';
import type { RouterAdvertisement, Timed } from './router-advertisement.ts';

/** More than a resolver uses; any host of the link can advertise. */
const most = 8;

/**
 * The DNS settings of router advertisements, as long as they count (RFC 8106 section 6). Milliseconds since
 * boot.
 */
export class RouterDns {
  readonly #servers = new Map<string, number>();
  readonly #search = new Map<string, number>();

  /** Whether the settings are others now. */
  take({ dns, search }: RouterAdvertisement, now: number): boolean {
    const before = JSON.stringify(this.at(now));
    merge(this.#servers, dns, now);
    merge(this.#search, search, now);
    return JSON.stringify(this.at(now)) !== before;
  }

  at(now: number): DnsConfig {
    return { servers: valid(this.#servers, now), search: valid(this.#search, now) };
  }

  /** Undefined: nothing ends. */
  nextExpiry(): number | undefined {
    const ends = [...this.#servers.values(), ...this.#search.values()].filter(Number.isFinite);
    return ends.length === 0 ? undefined : Math.min(...ends);
  }
}

function merge(into: Map<string, number>, values: readonly Timed[], now: number): void {
  for (const { value, seconds } of values) {
    if (seconds === 0) into.delete(value);
    else if (into.has(value) || into.size < most) into.set(value, now + seconds * 1000);
  }
}

function valid(values: Map<string, number>, now: number): string[] {
  for (const [value, until] of values) if (until <= now) values.delete(value);
  return [...values.keys()];
}
