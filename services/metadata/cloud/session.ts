import { randomInt } from 'node:crypto';
import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { withClockHint } from '../../../lib/errors/clock-hint.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { maximalBytes } from '../../../lib/metadata/metadata.ts';
import { exchange, type HttpAnswer, NoAnswerError, shownUrl } from './http-request.ts';

export interface Limits {
  /** Until there is a connection: what a machine without a network loses. */
  readonly contactMs: number;
  /** For everything that is asked of one service. */
  readonly totalMs: number;
  /** Of all its answers together. */
  readonly totalBytes: number;
}

/** For a service that accepts a connection within this time. */
export const limitsOf = (contactMs: number): Limits => {
  return { contactMs, totalMs: 5 * contactMs, totalBytes: 16 << 20 };
};

export const defaultLimits = limitsOf(2000);

export interface Question {
  readonly method?: 'GET' | 'PUT' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Default: `maximalText`. */
  readonly maximalBytes?: number;
  /** From a source port below 1024, which only root may use. */
  readonly fromPrivilegedPort?: boolean;
}

/** Bytes of an answer that is not user data. */
export const maximalText = 1 << 20;
/** Bytes of user data. */
export const maximalUserData = maximalBytes;

/** One that is taken leads to another attempt. */
const privilegedPorts = [512, 1024] as const;
const maximalRedirects = 3;
const pauseMs = 200;

/**
 * What is asked of one metadata service, under one limit of time and bytes. It asks again while nobody
 * listens, and while the service says that it is busy (429, 5xx); it follows redirects to the same origin
 * only, and takes no proxy from the environment.
 */
export class Session {
  readonly #base: URL;
  readonly #limits: Limits;
  readonly #agent: Agent;
  readonly #contact: AbortSignal;
  readonly #total: AbortSignal;
  #isConnected = false;
  #bytes = 0;

  constructor(base: string, limits = defaultLimits) {
    this.#base = new URL(base);
    this.#limits = limits;
    const options = { keepAlive: true, maxSockets: 4 };
    this.#agent = this.#base.protocol === 'https:' ? new HttpsAgent(options) : new Agent(options);
    this.#contact = AbortSignal.timeout(limits.contactMs);
    this.#total = AbortSignal.timeout(limits.totalMs);
  }

  /** `http://169.254.169.254` */
  get origin(): string {
    return this.#base.origin;
  }

  /** Ends its connections. */
  close(): void {
    this.#agent.destroy();
  }

  /**
   * The answer to a path below the base, of any status except redirects and those that ask for patience.
   * @throws KitError with one sentence
   */
  async ask(path: string, question: Question = {}): Promise<HttpAnswer> {
    let url = new URL(path, this.#base);
    for (let redirects = 0; ; redirects += 1) {
      const answer = await this.#patiently(url, question);
      if (answer.status < 300 || answer.status > 399 || answer.status === 304) return answer;
      if (redirects === maximalRedirects) throw failure(url, 'too many redirects');
      url = this.#redirected(url, answer.headers.location);
    }
  }

  /** The body of an answer with status 200; undefined for 404. @throws KitError for any other status */
  async get(path: string, question: Question = {}): Promise<Buffer | undefined> {
    const { status, body } = await this.ask(path, question);
    if (status === 404) return undefined;
    if (status !== 200) throw failure(new URL(path, this.#base), `status ${status}`);
    return body;
  }

  /** `get`, as text. */
  async text(path: string, question: Question = {}): Promise<string | undefined> {
    return (await this.get(path, question))?.toString('utf8');
  }

  #redirected(from: URL, location: string | undefined): URL {
    const to = URL.parse(location ?? '', from);
    if (location === undefined || to === null) throw failure(from, 'a redirect without a place');
    if (to.origin !== this.#base.origin) throw failure(from, `a redirect to another place, "${to.origin}"`);
    return to;
  }

  async #patiently(url: URL, question: Question): Promise<HttpAnswer> {
    for (;;) {
      const answer = await this.#once(url, question);
      if (answer !== undefined && answer.status !== 429 && answer.status < 500) return answer;
      if (!(await this.#pause())) throw this.#late(url, answer);
    }
  }

  /** Undefined: no answer, but there may be one to another attempt. */
  async #once(url: URL, question: Question): Promise<HttpAnswer | undefined> {
    const left = this.#limits.totalBytes - this.#bytes;
    try {
      const answer = await exchange({
        ...{ url, method: 'GET', headers: {}, ...question },
        localPort: question.fromPrivilegedPort ? randomInt(...privilegedPorts) : undefined,
        maximalBytes: Math.min(question.maximalBytes ?? maximalText, Math.max(0, left)),
        agent: this.#agent,
        signal: this.#isConnected ? this.#total : AbortSignal.any([this.#untilContact(), this.#total]),
        onConnect: () => {
          this.#isConnected = true;
        },
      });
      this.#bytes += answer.body.length;
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      if (isFinal(error))
        throw failure(url, reasons[error.code] ?? withClockHint(error.message, error), error);
      return undefined;
    }
  }

  /** Aborts when the time for a connection is up and there is none. */
  #untilContact(): AbortSignal {
    const controller = new AbortController();
    const onTime = (): void => {
      if (!this.#isConnected) controller.abort();
    };
    if (this.#contact.aborted) onTime();
    else this.#contact.addEventListener('abort', onTime, { once: true });
    return controller.signal;
  }

  get #isOver(): boolean {
    return this.#total.aborted || (!this.#isConnected && this.#contact.aborted);
  }

  /** Returns whether there is time for another attempt. */
  async #pause(): Promise<boolean> {
    if (this.#isOver) return false;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    return !this.#isOver;
  }

  #late(url: URL, answer: HttpAnswer | undefined): KitError {
    if (answer !== undefined) return failure(url, `status ${answer.status}`);
    const { contactMs, totalMs } = this.#limits;
    return this.#isConnected
      ? failure(url, `no whole answer within ${totalMs / 1000} s`)
      : failure(url, `no answer within ${contactMs / 1000} s`);
  }
}

/** No other attempt would end otherwise. */
const isFinal = ({ code }: NoAnswerError): boolean =>
  code in reasons || /^(HPE_|ERR_|CERT_|DEPTH_)/.test(code);

const reasons: Readonly<Record<string, string>> = {
  ENETUNREACH: 'there is no route to it: the machine has no network yet',
  EACCES: 'the machine may not open the connection',
  HPE_HEADER_OVERFLOW: 'its head is too long',
};

const failure = (url: URL, why: string, cause?: unknown): KitError =>
  new KitError(`Cannot get "${shownUrl(url)}": ${why}`, { cause });
