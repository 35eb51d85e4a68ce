import { expect, test } from 'vitest';
import { fakeContext } from './testing/fake-context.ts';
import { logReady, timesBeforeInit, writeTimeline } from './timeline.ts';

test('the timeline begins with the phases before init, and ends once, when the machine is ready', () => {
  const context = fakeContext({ '/run/kit/stage1': '4.40\n5.50\n' });
  context.now = 9400;
  const before = timesBeforeInit(context);
  expect(before.map(({ phase, endMs }) => [phase, endMs])).toEqual([
    ['kernel', 4400],
    ['stage 1', 5500],
    ['runtime', 9401],
  ]);
  writeTimeline(before, context);
  context.now = 14_199;
  logReady(['web'], context);
  logReady([], context);
  expect(context.shown).toEqual(['ready in 14.2 s, except web']);
  expect(JSON.parse(context.disk.get('/run/kit/boot.json') ?? '').at(-1)).toEqual({
    phase: 'ready',
    startMs: 9401,
    endMs: 14_200,
  });
});
