import { expect, test } from 'vitest';
import { Notices } from './notices.ts';

test('the first of a kind is told at once, what follows within a minute is counted', () => {
  const lines: string[] = [];
  let nowMs = 5000;
  const notices = new Notices(
    (line) => lines.push(line),
    () => nowMs,
  );
  for (let times = 0; times < 4; times += 1) notices.tell('noise', 'noise came');
  notices.tell('role', 'a role was missing');
  nowMs += 60_000;
  notices.tell('noise', 'noise came');
  nowMs += 60_000;
  notices.tell('noise', 'noise came');
  expect(lines).toEqual([
    'control: noise came',
    'control: a role was missing',
    'control: noise came (and 3 more since the last such line)',
    'control: noise came',
  ]);
});

test('many kinds cost no more than some', () => {
  const lines: string[] = [];
  const notices = new Notices(
    (line) => lines.push(line),
    () => 0,
  );
  for (let kind = 0; kind < 10_000; kind += 1) notices.tell(`certificate ${kind}`, 'refused');
  expect(lines).toHaveLength(201);
});
