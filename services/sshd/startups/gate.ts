import { sourceOf } from '../../../lib/net/source.ts';
import { type Offence, Penalties } from './penalties.ts';
import { type StartupLimits, Startups } from './startups.ts';

export interface GateSettings {
  readonly startups: StartupLimits;
  readonly penalties: boolean;
  /** Connections that have logged in, all together and with one key. */
  readonly logins: { readonly total: number; readonly perKey: number };
}

/** Decides which connections are served, from their accept to their end. */
export class Gate {
  readonly #settings: GateSettings;
  readonly #startups: Startups;
  readonly #penalties: Penalties | undefined;
  readonly #byKey = new Map<string, number>();
  #logins = 0;

  constructor(settings: GateSettings, now?: () => number, random?: () => number) {
    this.#settings = settings;
    this.#startups = new Startups(settings.startups, random);
    this.#penalties = settings.penalties ? new Penalties(now) : undefined;
  }

  /** A visit of this address, or why it must be refused. */
  enter(address: string | undefined): Visit | string {
    const source = sourceOf(address);
    if (this.#penalties?.refuses(source)) return `${source} has a penalty`;
    const reason = this.#startups.refuses(source);
    if (reason !== undefined) return reason;
    const leave = this.#startups.enter(source);
    return new Visit({
      leave,
      logIn: (key) => this.#logIn(key),
      logOut: (key) => this.#logOut(key),
      penalise: (offence) => this.#penalties?.add(source, offence),
    });
  }

  #logIn(key: string): string | undefined {
    const { total, perKey } = this.#settings.logins;
    const ofKey = this.#byKey.get(key) ?? 0;
    if (this.#logins >= total) return 'too many connections';
    if (ofKey >= perKey) return 'too many connections with this key';
    this.#logins += 1;
    this.#byKey.set(key, ofKey + 1);
    return undefined;
  }

  #logOut(key: string): void {
    this.#logins -= 1;
    const left = (this.#byKey.get(key) ?? 1) - 1;
    if (left > 0) this.#byKey.set(key, left);
    else this.#byKey.delete(key);
  }
}

interface Counters {
  readonly leave: () => void;
  readonly logIn: (key: string) => string | undefined;
  readonly logOut: (key: string) => void;
  readonly penalise: (offence: Offence) => void;
}

/** One connection at the gate. */
export class Visit {
  readonly #counters: Counters;
  #offence: Offence = 'noauth';
  #key: string | undefined;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** What it counts as if it ends without a login. */
  offend(offence: Offence): void {
    this.#offence = offence;
  }

  /** Why the login must be refused; undefined: it is counted as one. */
  logIn(key: string): string | undefined {
    const reason = this.#counters.logIn(key);
    if (reason !== undefined) return reason;
    this.#key = key;
    this.#counters.leave();
    return undefined;
  }

  /** Call it once, at the end of the connection. */
  end(): void {
    this.#counters.leave();
    if (this.#key !== undefined) this.#counters.logOut(this.#key);
    if (this.#key === undefined || this.#offence === 'abuse') this.#counters.penalise(this.#offence);
  }
}
