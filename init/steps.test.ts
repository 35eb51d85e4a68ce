import { expect, test } from 'vitest';
import { type InitStep, runSteps } from './steps.ts';
import { fakeContext } from './testing/fake-context.ts';

const step = (name: string, onError: InitStep['onError'], run: InitStep['run']): InitStep => ({
  name,
  onError,
  run,
});

test('steps run in order, timed and logged, and past failures that are not fatal', async () => {
  const context = fakeContext();
  const times = await runSteps(
    [
      step('one', 'stop', () => undefined),
      step('two', 'continue', () => {
        throw new Error('no such device');
      }),
      step('three', 'continue', async () => '3 things'),
    ],
    context,
  );
  expect(context.shown).toEqual([
    'one 1 ms',
    'two failed: no such device; continuing without it',
    'three 1 ms: 3 things',
  ]);
  expect(times.map(({ phase }) => phase)).toEqual(['one', 'two', 'three']);
});

test('a fatal failure names the step, and nothing runs after it', async () => {
  const context = fakeContext();
  const steps = [
    step('mounts', 'stop', () => {
      throw new Error('no /proc');
    }),
    step('later', 'continue', () => undefined),
  ];
  await expect(runSteps(steps, context)).rejects.toThrow('Cannot boot: mounts failed: no /proc');
  expect(context.shown).toEqual([]);
});

test('no step runs once the machine is to end', async () => {
  const context = { ...fakeContext(), ending: AbortSignal.abort() };
  expect(await runSteps([step('one', 'stop', () => undefined)], context)).toEqual([]);
});
