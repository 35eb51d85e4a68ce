import { expect, test } from 'vitest';
import { Association } from '../association/association.ts';
import type { Measurement } from '../protocol/reply.ts';
import { fixedOf } from '../protocol/timestamp.ts';
import { candidateOf } from '../selection/candidate.ts';
import { selectServers } from '../selection/select.ts';
import { ClockKeeper } from './clock-keeper.ts';
import { SimulatedClock } from './testing/simulated-clock.ts';

const pace = { burstSeconds: 2, patience: 3, minPoll: 6, maxPoll: 10 };
const limits = { maxStep: 1e9, panic: 1000 };

/** A world of one server whose time is right, and a clock that is not. */
class World {
  readonly lines: string[] = [];
  readonly clock: SimulatedClock;
  readonly keeper: ClockKeeper;
  readonly association: Association;
  #real = 1_800_000_000_000_000_000n;
  #seed = 1;
  /** What the server's time is ahead, in seconds. */
  serverAhead = 0;
  leap = 0;

  constructor(ahead: number, oscillator: number, wasRight = false) {
    this.clock = new SimulatedClock(() => this.#real, ahead * 1e9, oscillator);
    const say = (line: string): void => void this.lines.push(line);
    const log = { info: say, warn: say, error: say };
    this.keeper = new ClockKeeper(this.clock, { ...limits, ...pace, log }, wasRight);
    this.association = new Association(pace, 0, () => 0.5);
  }

  run(seconds: number): void {
    const end = this.clock.steady() + seconds;
    while (this.clock.steady() < end) {
      // As the program: it looks at the clock every four seconds.
      this.#real += 1_000_000_000n * 2n;
      const now = this.clock.steady();
      if (now % 4 < 2 && this.keeper.tick()) this.association.restart(now);
      if (this.association.nextAt > now) continue;
      this.association.asked(now, this.keeper.poll);
      this.association.answered(this.#measure(), now);
      const filtered = this.association.filtered(now);
      const candidates = filtered ? [candidateOf('server', filtered, now)] : [];
      const selection = selectServers(candidates);
      // As the program: a server that answers is not lost, but unsure.
      if (selection.kind === 'none') continue;
      if (this.keeper.take(selection, 1)) this.association.restart(now);
    }
  }

  /** Over a network whose delay is 10 ms, and up to 10 ms more on each of the ways. */
  #measure(): Measurement {
    const [there, back] = [this.#random() / 100, this.#random() / 100];
    const wrong = this.serverAhead - this.clock.error + (there - back) / 2;
    return {
      ...{ kind: 'measurement', offset: fixedOf(BigInt(Math.round(wrong * 1e9))) },
      ...{ delay: 0.01 + there + back, dispersion: 1e-6, leap: this.leap, stratum: 1 },
      ...{ rootDelay: 0, rootDispersion: 0.001, reference: Buffer.from('GPS\0') },
    };
  }

  /** A generator of Lehmer, so that every run is the same. */
  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}

const hour = 3600;

test.each([50, -120])('learns that the oscillator is wrong by %d ppm, and keeps the time', (ppm) => {
  const world = new World(-7200, ppm);
  world.run(30);
  expect(world.clock.steps).toHaveLength(1);
  expect(Math.abs(world.clock.error)).toBeLessThan(0.01);
  world.run(12 * hour);
  expect(Math.abs(world.clock.frequency() + ppm)).toBeLessThan(2);
  for (let turn = 0; turn < 12; turn++) {
    world.run(hour);
    expect(Math.abs(world.clock.error)).toBeLessThan(0.01);
  }
  expect(world.clock.steps).toHaveLength(1);
  expect(world.lines).toHaveLength(1);
  // A steady clock needs few questions.
  expect(world.keeper.poll).toBeGreaterThan(6);
});

test('a running clock is slewed: never back, at 13 % at most, and is not right meanwhile', () => {
  const world = new World(0, 0);
  world.run(600);
  world.serverAhead = -5;
  const errors: number[] = [];
  for (let second = 0; second < 3600; second += 2) {
    world.run(2);
    errors.push(world.clock.error);
    if (world.keeper.state === 'slewing') expect(world.keeper.isRight).toBe(false);
  }
  const steepest = Math.max(...errors.slice(1).map((error, at) => Math.abs(error - (errors[at] ?? 0))));
  expect(steepest / 2).toBeLessThan(0.13);
  expect(errors.at(-1)).toBeCloseTo(-5, 1);
  expect(world.clock.steps).toHaveLength(0);
  expect(world.keeper.isRight).toBe(true);
  expect(world.lines.filter((line) => line.startsWith('slews'))).toHaveLength(1);
});

test('beyond the panic limit the clock is left alone, and a standstill allows a step', () => {
  const world = new World(0, 0, true);
  world.run(600);
  world.serverAhead = 5000;
  world.run(3600);
  expect(Math.abs(world.clock.error)).toBeLessThan(0.01);
  expect([world.keeper.state, world.keeper.isRight]).toEqual(['refused', false]);
  world.keeper.allowStep();
  world.run(3600);
  expect(world.clock.error).toBeCloseTo(5000, 1);
  expect(world.keeper.isRight).toBe(true);
});

test('a leap second is passed on only on a day that may have one', () => {
  const world = new World(0, 0);
  world.leap = 1;
  world.run(600);
  expect(world.lines.join()).toContain('a leap second is announced (+1 s)');
  expect(world.clock.slews.at(-1)?.leap).toBe(0);
});
