import type { Logger } from '../../../lib/service/service.ts';
import { secondsOf } from '../protocol/timestamp.ts';
import type { Consensus, Selection } from '../selection/select.ts';
import type { Clock } from './clock.ts';
import { type Correction, correct, type Limits, loopConstant } from './discipline.ts';
import { FirstFrequency, quickConstant } from './first-frequency.ts';
import { leapToday } from './leap.ts';
import { adaptPoll, type PollState } from './poll.ts';
import { Slewing } from './slewing.ts';

export interface KeeperSettings extends Limits {
  /** log2 of seconds. */
  readonly minPoll: number;
  /** log2 of seconds. */
  readonly maxPoll: number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

export type KeeperState = 'waiting' | 'synchronised' | 'slewing' | 'lost' | 'disagreement' | 'refused';

/** Sets the clock by what servers agree on, and says what changes. */
export class ClockKeeper {
  readonly #clock: Clock;
  readonly #settings: KeeperSettings;
  #poll: PollState;
  #correctedAt = Number.NEGATIVE_INFINITY;
  #first: FirstFrequency | undefined;
  #knowsFrequency: boolean;
  #slewing: Slewing | undefined;
  #told = '';
  #wrong = '';
  state: KeeperState = 'waiting';
  /** The clock has been right since the boot. */
  wasRight: boolean;
  /** At the start, and after a standstill. */
  mayStep: boolean;
  /** Of the last update. */
  consensus: Consensus | undefined;

  constructor(clock: Clock, settings: KeeperSettings, wasRight: boolean) {
    this.#clock = clock;
    this.#settings = settings;
    this.#poll = { poll: settings.minPoll, count: 0 };
    this.wasRight = wasRight;
    this.#knowsFrequency = clock.frequency() !== 0;
    this.mayStep = !wasRight;
  }

  /** log2 of the seconds between requests. */
  get poll(): number {
    return this.#poll.poll;
  }

  /** The server that is followed. */
  get leader(): string | undefined {
    return this.consensus?.best.name;
  }

  /** A clock that has been right stays so when servers are silent or disagree. */
  get isRight(): boolean {
    return this.wasRight && this.state !== 'refused' && this.state !== 'slewing';
  }

  allowStep(): void {
    this.mayStep = true;
    this.#slewing = undefined;
    this.#first = undefined;
    this.#poll = { poll: this.#settings.minPoll, count: 0 };
  }

  /** Obeys a selection. Returns whether all has to be measured again. @param total number of servers */
  take(selection: Selection, total: number): boolean {
    // What was measured is of before the clock began to move.
    if (this.#slewing) return false;
    if (selection.kind === 'consensus') return this.#follow(selection.consensus, total);
    if (selection.kind === 'disagree') {
      const names = selection.names.join(', ');
      this.#enter('disagreement', `no majority agrees on the time (${names}): the clock is left alone`);
    } else if (this.state !== 'waiting') {
      this.#enter('lost', 'lost: no server answers any more; the clock runs on by itself');
    }
    return false;
  }

  /** To be called every few seconds. Returns whether all has to be measured again. */
  tick(): boolean {
    const due = this.#slewing?.due(this.#clock.steady());
    if (this.#slewing === undefined || due === 0n) return false;
    if (due === undefined) {
      this.#slewing = undefined;
      return true;
    }
    const maxError = Math.abs(Number(this.#slewing.left + due)) / 1e9;
    this.#clock.slew({
      ...{ offset: due, constant: 0, holdFrequency: true, isRight: false },
      ...{ maxError, estimatedError: maxError, leap: 0 },
    });
    return false;
  }

  #follow(consensus: Consensus, total: number): boolean {
    this.#sayWrong(consensus.falsetickers);
    // A sample of before the last correction would correct the same offset twice.
    if (consensus.best.at <= this.#correctedAt) return false;
    this.#correctedAt = this.#clock.steady();
    this.consensus = consensus;
    const { mayStep } = this;
    const correction = correct(consensus.offset, { ...this.#settings, mayStep });
    const what = describe(consensus, total);
    if (correction.kind === 'refuse') {
      this.#enter('refused', `refuses ${what}: ${correction.why}`, 'error');
    } else if (correction.kind === 'slew') {
      this.#enter('slewing', `slews the clock towards ${what}`);
      this.#slewing = new Slewing(correction.ns, this.#clock.steady());
      this.tick();
    } else this.#setRight(correction, consensus, what);
    return correction.kind === 'step';
  }

  #setRight(
    correction: Extract<Correction, { kind: 'step' | 'follow' }>,
    { best, jitter, leap, offset }: Consensus,
    what: string,
  ): void {
    const isStep = correction.kind === 'step';
    if (isStep) this.#clock.step(correction.ns);
    this.#learnFrequency(isStep ? 0 : secondsOf(offset), best.at);
    // After a step, too: it has made the kernel call its clock unsynchronised.
    this.#clock.slew({
      offset: isStep ? 0n : correction.ns,
      constant: this.#first ? quickConstant : loopConstant(this.poll),
      ...{ holdFrequency: isStep || this.#first !== undefined, isRight: true },
      ...{ maxError: best.distance, estimatedError: jitter },
      leap: leapToday(leap, this.#clock.now()),
    });
    this.#poll = adaptPoll(this.#poll, isStep ? 0 : secondsOf(offset), jitter, this.#settings);
    this.wasRight = true;
    this.mayStep = false;
    const announced = leap === 0 ? '' : `; a leap second is announced (${leap === 1 ? '+1' : '-1'} s)`;
    const line = `synchronised with ${what}${isStep ? ': stepped' : ''}${announced}`;
    this.#enter('synchronised', line, 'info', `${best.name}${announced}`);
  }

  #learnFrequency(offset: number, measuredAt: number): void {
    if (this.#knowsFrequency) return;
    if (this.#first === undefined) {
      this.#first = new FirstFrequency(measuredAt);
      return;
    }
    const frequency = this.#first.corrected(offset, measuredAt);
    if (frequency === undefined) return;
    this.#clock.setFrequency(frequency);
    this.#knowsFrequency = true;
    this.#first = undefined;
  }

  /** One line at each change. @param told what makes it a change within the same state */
  #enter(state: KeeperState, line: string, level: 'info' | 'warn' | 'error' = 'warn', told = ''): void {
    const key = `${state} ${told}`;
    this.state = state;
    if (key === this.#told) return;
    this.#told = key;
    this.#settings.log[level](line);
  }

  #sayWrong(falsetickers: readonly string[]): void {
    const names = falsetickers.toSorted().join(', ');
    if (names !== this.#wrong && names !== '')
      this.#settings.log.warn(`not believed, since the majority says otherwise: ${names}`);
    this.#wrong = names;
  }
}

/** `192.0.2.1 (stratum 2), offset +0.001234 s, 3 of 4 servers` */
function describe({ best, offset, survivors }: Consensus, total: number): string {
  const seconds = secondsOf(offset);
  const sign = seconds < 0 ? '-' : '+';
  const size = Math.abs(seconds).toFixed(6);
  const share = `${survivors.length} of ${total} servers`;
  return `${best.name} (stratum ${best.stratum}), offset ${sign}${size} s, ${share}`;
}
