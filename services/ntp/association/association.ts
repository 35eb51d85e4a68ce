import type { Kiss, Measurement } from '../protocol/reply.ts';
import { addSample, type Filtered, filterSamples, type Sample } from './filter.ts';

/** How often servers are asked. */
export interface Pace {
  /** Seconds between the first requests; RFC 5905 says 2. */
  readonly burstSeconds: number;
  /** Seconds: an answer that comes later says little about the time. */
  readonly patience: number;
  /** log2 of seconds. */
  readonly minPoll: number;
  /** log2 of seconds. */
  readonly maxPoll: number;
}

/** Requests of a burst, which is what the filter needs to be sure. */
const burstLength = 4;
/** How far from the others a popcorn spike is, in jitters (SGATE). */
const spike = 3;
/** Of a second: no spike, whatever the jitter. */
const calm = 0.001;
/** log2 of seconds; after a kiss that asks for it, a server is asked twice as rarely each time. */
const slowest = 17;

/**
 * One server, as RFC 5905 calls the client's side of it: when to ask, and what its answers together say.
 * Without timers and sockets; times are seconds of a clock that does not jump.
 */
export class Association {
  readonly #pace: Pace;
  readonly #random: () => number;
  #samples: readonly Sample[] = [];
  #burst = burstLength;
  /** The lowest poll that the server allows; it rises when it says RATE. */
  #minPoll: number;
  #nextAt: number;
  #spikes = 0;
  /** Of the last eight requests, a bit each that tells whether it was answered; the newest is the lowest. */
  reach = 0;
  /** Requests since the last answer. */
  unanswered = 0;
  /** It said that it does not serve us: it is never asked again. */
  denied: string | undefined;

  constructor(pace: Pace, now: number, random: () => number) {
    this.#pace = pace;
    this.#random = random;
    this.#minPoll = pace.minPoll;
    this.#nextAt = now;
  }

  /** When to ask next; infinite after DENY or RSTR. */
  get nextAt(): number {
    return this.denied === undefined ? this.#nextAt : Number.POSITIVE_INFINITY;
  }

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  filtered(now: number): Filtered | undefined {
    return filterSamples(this.#samples, now);
  }

  /** To be called when a request is sent. @param poll that the clock asks for, log2 of seconds */
  asked(now: number, poll: number): void {
    this.reach = (this.reach << 1) & 0xff;
    this.unanswered++;
    this.#burst = Math.max(0, this.#burst - 1);
    const seconds = this.#burst > 0 ? this.#pace.burstSeconds : 2 ** this.#ownPoll(poll);
    // Clients that were started together must not ask together for ever.
    this.#nextAt = now + seconds * (1 + this.#random() / 16);
  }

  /** One sample far from the others is left out; a second one in a row means that the clock has changed. */
  answered(measurement: Measurement, at: number): void {
    this.reach |= 1;
    this.unanswered = 0;
    const sample = { at, measurement };
    if (this.#isSpike(sample)) return;
    // The second in a row: what came before says nothing any more.
    if (this.#spikes > 1) this.restart(at);
    this.#samples = addSample(this.#samples, sample);
  }

  /** The request never left, since there is no network: it may be made again soon, which troubles nobody. */
  unsent(now: number): void {
    this.unanswered = Math.max(0, this.unanswered - 1);
    if (this.#samples.length === 0) this.#burst = burstLength;
    this.#nextAt = Math.min(this.#nextAt, now + 2 * this.#pace.burstSeconds);
  }

  /**
   * Obeys DENY and RSTR by never asking again, RATE by asking more rarely (RFC 5905, section 7.4). Other
   * codes say nothing that a client has to obey. Returns what to tell people.
   */
  kissed({ code }: Kiss, now: number): string {
    this.unanswered = 0;
    if (code === 'DENY' || code === 'RSTR') {
      this.denied = code;
      this.#samples = [];
      return `it refuses to serve this machine (${code}), and is not asked again`;
    }
    if (code !== 'RATE') return `it answers ${code}`;
    this.#burst = 0;
    this.#minPoll = Math.min(slowest, this.#minPoll + 1);
    this.#nextAt = now + 2 ** this.#ownPoll(this.#minPoll);
    return `it is asked too often (RATE); now every ${2 ** this.#minPoll} s`;
  }

  /** Samples of before a step or a standstill say nothing any more: asks several times at once. */
  restart(now: number): void {
    this.#samples = [];
    this.#spikes = 0;
    if (this.#minPoll > this.#pace.minPoll) return;
    this.#burst = burstLength;
    this.#nextAt = Math.min(this.#nextAt, now);
  }

  #ownPoll(poll: number): number {
    // A server that does not answer is not asked more often than one that does.
    const patience = Math.max(0, this.unanswered - 8);
    const wanted = Math.max(poll, this.#minPoll) + patience;
    return Math.min(Math.max(this.#pace.maxPoll, this.#minPoll), wanted);
  }

  #isSpike({ measurement }: Sample): boolean {
    const [last] = this.#samples;
    const filtered = last && filterSamples(this.#samples, last.at);
    if (!filtered || this.#samples.length < burstLength) return false;
    const away = Math.abs(Number(measurement.offset - filtered.best.measurement.offset)) / 2 ** 32;
    const isFar = away > Math.max(spike * filtered.jitter, calm);
    this.#spikes = isFar ? this.#spikes + 1 : 0;
    return this.#spikes === 1;
  }
}
