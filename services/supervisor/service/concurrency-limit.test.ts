import { expect, test } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.ts';

test('at most the limit of tasks run at a time, in order of arrival, also after failures', async () => {
  const limit = new ConcurrencyLimit(2);
  const log: string[] = [];
  const tasks = [0, 1, 2, 3].map((number) => {
    const end = Promise.withResolvers<void>();
    const done = limit.run(() => {
      log.push(`start ${number}`);
      return end.promise;
    });
    return { end, done };
  });
  expect(log).toEqual(['start 0', 'start 1']);
  tasks[1]?.end.reject(new Error('failed'));
  await expect(tasks[1]?.done).rejects.toThrow('failed');
  expect(log).toEqual(['start 0', 'start 1', 'start 2']);
  for (const { end } of tasks) end.resolve();
  await Promise.allSettled(tasks.map(({ done }) => done));
  expect(log).toEqual(['start 0', 'start 1', 'start 2', 'start 3']);
});
