import type { WatchdogDevice } from '../../lib/linux/system/watchdog.ts';

/** Milliseconds. */
const limits = {
  /** From the start until the supervisor says for the first time that it is alive. */
  first: 120_000,
  /** For the whole shutdown: longer than any orderly one. */
  shutdown: 600_000,
} as const;

/**
 * Feeds the watchdog from the event loop of init, as long as the supervisor says that it is alive. So init
 * proves that its own loop runs, and vouches for nobody else.
 */
export class WatchdogFeeder {
  readonly #device: WatchdogDevice;
  readonly #log: (line: string) => void;
  readonly #now: () => number;
  /** It is fed until then, if nothing new is heard. */
  #untilMs: number;
  #timer: NodeJS.Timeout | undefined;
  #isEnding = false;
  #isSilent = false;

  constructor(
    device: WatchdogDevice,
    log: (line: string) => void,
    now: () => number = () => performance.now(),
  ) {
    this.#device = device;
    this.#log = log;
    this.#now = now;
    this.#untilMs = now() + limits.first;
  }

  /** `i6300ESB timer, 60 s` */
  get text(): string {
    return `${this.#device.identity}, ${this.#device.timeoutS} s`;
  }

  /** Feeds it now, and four times in its timeout. */
  start(): void {
    this.#feed();
    this.#timer = setInterval(() => this.#feed(), (this.#device.timeoutS * 1000) / 4);
  }

  /** The supervisor is alive, and so are the services that count. */
  alive(): void {
    if (this.#isEnding) return;
    this.#untilMs = this.#now() + (this.#device.timeoutS * 1000) / 2;
    if (this.#isSilent) this.#log('watchdog: fed again');
    this.#isSilent = false;
  }

  /** The machine goes down: it is fed for as long as that may take, and no longer. */
  shutdownBegins(): void {
    this.#isEnding = true;
    this.#isSilent = false;
    this.#untilMs = this.#now() + limits.shutdown;
  }

  /** Right before the machine ends: it stays off, or boots without a watchdog that counts. */
  stop(): void {
    clearInterval(this.#timer);
    this.#device.stop();
  }

  #feed(): void {
    if (this.#now() < this.#untilMs) {
      this.#device.feed();
      return;
    }
    if (this.#isSilent) return;
    this.#isSilent = true;
    const why = this.#isEnding ? 'the shutdown does not end' : 'the supervisor does not say that all is well';
    this.#log(`watchdog: ${why}: it resets the machine within ${this.#device.timeoutS} s`);
  }
}
