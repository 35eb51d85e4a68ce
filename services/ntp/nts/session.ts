import { randomBytes } from 'node:crypto';
import { withClockHint } from '../../../lib/errors/clock-hint.ts';
import { visible } from '../../../lib/errors/visible.ts';
import { type Address, type Answer, askServer, isUnsent, type Question } from '../association/exchange.ts';
import type { Clock } from '../clock/clock.ts';
import { exchangeKeys, type Keys, reasonOfTls } from './key-exchange.ts';
import { NtsNak, nonceBytes, openReply, sealRequest, uniqueIdBytes } from './protect.ts';
import { mostCookies } from './records.ts';

export interface SessionSettings {
  readonly host: string;
  /** Of the server of NTS-KE; `port` is that of NTP, unless it names another. */
  readonly at: Address;
  readonly ca: string | undefined;
  /** @throws the system's error */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Default: by NTS-KE. */
  readonly exchange?: typeof exchangeKeys;
}

/** Seconds after which keys are agreed on anew: four weeks. */
const keysLast = 2_419_200;
/**
 * Between one agreement on keys and the next, or an attempt at it, in the time for which an answer is waited
 * for (three seconds): at first, and at last, five days. Each is half as long again as the one before, until
 * an answer comes that the keys prove (RFC 8915, section 4.2).
 */
const [firstRetry, lastRetry, growth] = [5, 144_000, 1.5];

/** A server that proves who it is (NTS). It is never asked without. */
export class NtsSession {
  readonly #settings: SessionSettings;
  #keys: Keys | undefined;
  #at: Address;
  #cookies: Buffer[] = [];
  #agreedAt = 0;
  #retryAt = Number.NEGATIVE_INFINITY;
  #wait = firstRetry;
  #problem = '';

  constructor(settings: SessionSettings) {
    this.#settings = settings;
    this.#at = settings.at;
  }

  async ask(clock: Clock, question: Question): Promise<Answer> {
    try {
      const keys = await this.#agree(clock.steady(), question);
      return keys ? await this.#askWith(keys, clock, question) : { kind: 'silent', why: this.#problem };
    } catch (error) {
      if (question.signal.aborted) return { kind: 'silent', why: undefined };
      const why = `no keys by NTS: ${withClockHint(visible(reasonOfTls(error)), error)}`;
      if (isUnsent(error)) return { kind: 'unsent', why };
      this.#problem = why;
      this.#retryLater(clock.steady(), question.patience);
      return { kind: 'silent', why };
    }
  }

  /** Undefined if it is too early to try again. @throws an error with a reason */
  async #agree(now: number, { signal, patience }: Question): Promise<Keys | undefined> {
    if (this.#keys && this.#cookies.length > 0 && now - this.#agreedAt < keysLast) return this.#keys;
    this.#keys = undefined;
    if (now < this.#retryAt) return undefined;
    const { host, at, ca, resolve, exchange = exchangeKeys } = this.#settings;
    const keys = await exchange({ host, address: at.address, ca }, signal);
    const [address = at.address] = keys.host === undefined ? [] : await resolve(keys.host);
    // A server of NTP that never answers uses up the cookies, again and again.
    this.#retryLater(now, patience);
    this.#problem = 'no answer to the keys of NTS';
    this.#at = { address, port: keys.port ?? at.port };
    this.#cookies = [...keys.cookies];
    this.#agreedAt = now;
    this.#keys = keys;
    return keys;
  }

  /** Each cookie is used once, so that nobody sees that two requests are of one machine. */
  async #askWith({ toServer, toClient }: Keys, clock: Clock, question: Question): Promise<Answer> {
    const cookie = this.#cookies.shift();
    if (cookie === undefined) throw new RangeError('Cannot ask without a cookie');
    const [uniqueId, nonce] = [randomBytes(uniqueIdBytes), randomBytes(nonceBytes)];
    const more = mostCookies - 1 - this.#cookies.length;
    let isRefused = false;
    const answer = await askServer(this.#at, clock, question, {
      seal: (request) => sealRequest(request, { key: toServer, cookie, more, uniqueId, nonce }),
      open: (bytes) => {
        try {
          const fresh = openReply(bytes, { key: toClient, uniqueId });
          this.#cookies = [...this.#cookies, ...fresh].slice(0, mostCookies);
          this.#wait = firstRetry;
          this.#retryAt = Number.NEGATIVE_INFINITY;
        } catch (error) {
          isRefused ||= error instanceof NtsNak;
          throw error;
        }
      },
    });
    // Anybody on the way can say that the keys are lost; what the server can prove comes before.
    if (isRefused && answer.kind === 'silent') {
      this.#keys = undefined;
      this.#problem = answer.why ?? '';
      this.#retryLater(clock.steady(), question.patience);
    }
    return answer;
  }

  #retryLater(now: number, patience: number): void {
    this.#retryAt = now + this.#wait * patience;
    this.#wait = Math.min(lastRetry, this.#wait * growth);
  }
}
