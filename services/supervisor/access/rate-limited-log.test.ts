import { expect, test } from 'vitest';
import { RateLimitedLog } from './rate-limited-log.ts';

test('the first line of a kind is logged at once, further ones within a minute are counted', () => {
  const lines: string[] = [];
  let nowMs = 5000;
  const log = new RateLimitedLog(
    (line) => lines.push(line),
    () => nowMs,
  );
  for (let times = 0; times < 4; times += 1) log.log('noise', 'noise came');
  log.log('role', 'a role was missing');
  nowMs += 60_000;
  log.log('noise', 'noise came');
  nowMs += 60_000;
  log.log('noise', 'noise came');
  expect(lines).toEqual([
    'control: noise came',
    'control: a role was missing',
    'control: noise came (and 3 more since the last such line)',
    'control: noise came',
  ]);
});

test('the number of kinds is limited', () => {
  const lines: string[] = [];
  const log = new RateLimitedLog(
    (line) => lines.push(line),
    () => 0,
  );
  for (let kind = 0; kind < 10_000; kind += 1) log.log(`certificate ${kind}`, 'refused');
  expect(lines).toHaveLength(201);
});
