import { expect, test } from 'vitest';
import { formatLine } from './format.ts';

test.each([
  ['stdout', 'listening', '2026-01-01T00:00:00.123Z web.out listening\n'],
  ['stderr', 'warning: ünï', '2026-01-01T00:00:00.123Z web warning: ünï\n'],
  ['kit', 'restarted', '2026-01-01T00:00:00.123Z web.kit restarted\n'],
  ['warning', 'slow', '2026-01-01T00:00:00.123Z web.warning slow\n'],
  ['stdout', 'two\nlines', '2026-01-01T00:00:00.123Z web.out two lines\n'],
  ['stdout', '', '2026-01-01T00:00:00.123Z web.out \n'],
])('formats a line of %s', (stream, message, line) => {
  expect(formatLine({ timeMs: 1_767_225_600_123n, stream, message }, 'web')).toBe(line);
});

test('lines of the kernel have no suffix', () => {
  const line = { timeMs: 1_767_225_600_123n, stream: 'warning', message: 'hot' };
  expect(formatLine(line, 'kernel')).toBe('2026-01-01T00:00:00.123Z kernel hot\n');
});

test('formats a line with an impossible time', () => {
  expect(formatLine({ timeMs: 2n ** 64n - 1n, stream: 'stderr', message: 'x' }, 'web')).toBe(
    '1970-01-01T00:00:00.000Z web x\n',
  );
});
