import { expect, test } from 'vitest';
import { describeEnd, reportedEnd } from './program.ts';

test.each([
  [0, 'exit status 0'],
  [3, 'exit status 3'],
  [137, 'killed by SIGKILL'],
  [143, 'killed by SIGTERM'],
  [255, 'exit status 255'],
])('what a container runtime reports as %d is %s', (status, words) => {
  expect(describeEnd(reportedEnd(status))).toBe(words);
  expect(reportedEnd(status)).toMatchObject({ status });
});
