import { expect, test } from 'vitest';
import { HardwareKeeper } from './hardware-keeper.ts';
import { SimulatedClock } from './testing/simulated-clock.ts';

/** A machine whose battery-backed clock is ahead of the real time, and its keeper. */
class World {
  now = 1_800_000_000_000_000_000n;
  readonly clock = new SimulatedClock(() => this.now);
  readonly lines: string[] = [];
  readonly keeper: HardwareKeeper;

  constructor(hardwareAhead: number | undefined) {
    this.clock.hardwareAhead = hardwareAhead;
    const tell = (line: string) => void this.lines.push(line);
    this.keeper = new HardwareKeeper(this.clock, { info: tell, error: tell });
  }

  /** Looks every four seconds, for so long. */
  pass(seconds: number, isRight = true): void {
    for (let passed = 0; passed < seconds; passed += 4) {
      this.now += 4_000_000_000n;
      this.keeper.look(isRight);
    }
  }
}

test('a clock that is right needs nobody', () => {
  const world = new World(-0.4);
  world.pass(60, false);
  expect(world.keeper.state).toBe('unknown');
  world.pass(3600);
  expect([world.keeper.state, world.keeper.setBy, world.lines]).toEqual(['right', undefined, []]);
});

test('without one there is nothing to do', () => {
  const world = new World(undefined);
  world.pass(60);
  expect([world.keeper.state, world.lines]).toEqual(['absent', []]);
});

test('the kernel that sets it is left to do so', () => {
  const world = new World(-800_000);
  world.pass(8, false);
  world.clock.hardwareAhead = -0.2;
  world.pass(8);
  expect([world.keeper.state, world.keeper.setBy]).toEqual(['right', 'kernel']);
  expect(world.lines).toEqual(['the kernel has set the battery-backed clock']);
});

test('after a standstill, in which it went on alone, nobody has set it', () => {
  const world = new World(0);
  world.clock.hardwareAhead = 3000;
  world.keeper.restart();
  world.clock.step(3_000_000_000_000n);
  world.pass(4);
  expect([world.keeper.state, world.keeper.setBy]).toEqual(['right', undefined]);
});

test('it is set once the kernel has had its time, and no more often than the kernel would', () => {
  const world = new World(-3600);
  world.pass(8);
  expect(world.keeper.state).toBe('wrong');
  world.pass(4);
  expect([world.keeper.state, world.keeper.setBy]).toEqual(['right', 'ntp']);
  expect(world.lines).toEqual([
    'the battery-backed clock was off by -3600 s, and the kernel left it so: set',
  ]);
  expect(Math.abs(world.clock.hardwareAhead ?? 9)).toBeLessThan(1);
  // Somebody sets it back.
  world.clock.hardwareAhead = -100;
  world.pass(600);
  expect(world.keeper.state).toBe('wrong');
  world.pass(100);
  expect(world.keeper.state).toBe('right');
});

test('one that cannot be set is named once', () => {
  const world = new World(-3600);
  world.clock.setHardware = () => {
    throw new Error('not permitted');
  };
  world.pass(4000);
  expect(world.lines).toEqual(['Cannot set the battery-backed clock: not permitted']);
  expect(world.keeper.state).toBe('wrong');
});
