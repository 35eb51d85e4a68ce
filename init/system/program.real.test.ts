import { expect, test } from 'vitest';
import { describeEnd, reportedEnd, startProgram } from './program.ts';

test.each<[status: number, words: string]>([
  [0, 'exit status 0'],
  [3, 'exit status 3'],
  [137, 'killed by SIGKILL'],
  [143, 'killed by SIGTERM'],
  [255, 'exit status 255'],
])('the status %d of a container runtime means: %s', (status, words) => {
  expect(describeEnd(reportedEnd(status))).toBe(words);
  expect(reportedEnd(status)).toMatchObject({ status });
});

test('a failure that Node throws at once is reported like any other', async () => {
  expect(describeEnd(await startProgram(['a\0b'], 'ignore').ended)).toMatch(/^Cannot run "a/);
});

test.each([
  ['nonesuch', 'Cannot run "nonesuch": not in the image'],
  ['/nonexistent/x', 'Cannot run "/nonexistent/x": not in the image'],
  ['/etc/passwd', 'Cannot run "/etc/passwd": it may not be executed'],
])('the reason why %s cannot be started is a sentence', async (file, words) => {
  expect(describeEnd(await startProgram([file], 'ignore').ended)).toBe(words);
});
