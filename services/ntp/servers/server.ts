import { Association, type Pace } from '../association/association.ts';
import type { Address, Ask } from '../association/exchange.ts';
import type { Kiss } from '../protocol/reply.ts';
import { type Candidate, candidateOf } from '../selection/candidate.ts';
import type { ServerName } from './names.ts';

/** Requests until a server that has said nothing is not waited for. */
const enough = 4;

export interface ServerStart {
  readonly pace: Pace;
  readonly now: number;
  readonly random: () => number;
}

/** A server that is asked, at one of the addresses of its name; or a clock of this machine. */
export class Server {
  /** For people: `time.example.org (192.0.2.1)`, `KVM virtual PTP (/dev/ptp0)`. */
  readonly name: string;
  readonly protocol: ServerName['protocol'];
  readonly host: string;
  readonly at: Address;
  readonly ask: Ask;
  readonly association: Association;
  isAsking = false;
  #asked = 0;
  #problem = '';

  constructor({ protocol, host }: ServerName, at: Address, ask: Ask, { pace, now, random }: ServerStart) {
    this.protocol = protocol;
    this.host = host;
    this.at = at;
    this.ask = ask;
    this.name = host === at.address ? host : `${host} (${at.address})`;
    this.association = new Association(pace, now, random);
  }

  asked(now: number, poll: number): void {
    this.#asked++;
    this.association.asked(now, poll);
  }

  /** Undefined while nothing is known of its time. */
  candidate(now: number): Candidate | undefined {
    const filtered = this.association.reach === 0 ? undefined : this.association.filtered(now);
    return filtered && candidateOf(this.name, filtered, now);
  }

  /** Whether it has said enough, or has been asked often enough, to go on without more of it. */
  get isHeard(): boolean {
    const { denied, samples } = this.association;
    return denied !== undefined || samples.length >= enough || (this.#asked >= enough && !this.isAsking);
  }

  /** Returns what to tell people. */
  kissed(kiss: Kiss, now: number): string {
    this.#asked = enough;
    return this.association.kissed(kiss, now);
  }

  restart(now: number): void {
    this.#asked = 0;
    this.association.restart(now);
  }

  /** Whether this is another problem than the last; '' once there is none. */
  isNews(problem: string): boolean {
    const isNew = problem !== this.#problem;
    this.#problem = problem;
    return isNew && problem !== '';
  }
}
