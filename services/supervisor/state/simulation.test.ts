import { expect, test } from 'vitest';
import { Random } from './testing/random.ts';
import { simulate } from './testing/simulation.ts';

const schedules = 20_000;

test(`${schedules} random schedules: no service is forgotten or started twice, all shutdowns end`, () => {
  const first = Number(process.env.KIT_SEED ?? Date.now() % 2 ** 31);
  console.log(`schedules from KIT_SEED=${first}`);
  for (let seed = first; seed < first + schedules; seed += 1) simulate(seed);
}, 120_000);

test('the same seed gives the same schedule', () => {
  const draws = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 5 }, () => random.below(1000));
  };
  expect(draws(1)).toEqual(draws(1));
  expect(draws(1)).not.toEqual(draws(2));
});
