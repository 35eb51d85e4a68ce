import { expect, test } from 'vitest';
import type { Incident } from '../../../lib/control/generated/control.ts';
import { incidentRow, incidentText } from './incidents.ts';

const incident: Incident = {
  ...{ service: 'web', what: 'ended: exit status 1', firstMs: 1000n, lastMs: 61_000n, count: 1 },
  ...{ bootId: 'one', stack: [], lines: [{ timeMs: 5n, stream: 'stderr', message: 'no such file' }] },
} as unknown as Incident;

test('an incident is shown with its time, and the end of the log', () => {
  expect(incidentText(incident, 'one')).toBe(
    '1970-01-01T00:01:01.000Z  web ended: exit status 1\n  no such file\n',
  );
});

test('repetitions, an earlier boot and the stack are shown', () => {
  const repeated = { ...incident, count: 3, stack: ['Error: x', 'at main.ts:3:1'] };
  expect(incidentText(repeated, 'two')).toBe(
    [
      '1970-01-01T00:01:01.000Z  web ended: exit status 1, 3 times since 1970-01-01T00:00:01.000Z',
      ' (in an earlier boot)\n  Error: x\n  at main.ts:3:1\n',
    ].join(''),
  );
});

test('escape codes of a service do not reach the terminal, nor do they add lines', () => {
  const codes = '\x1b]52;c;cm0=\x07\x1b[21t\x1bP$q"p\x1b\\\x9b2J\u202e\n1970-01-01  db ended';
  const bad = { ...incident, service: codes, what: codes, stack: [codes] };
  const text = incidentText(bad as unknown as Incident, 'one');
  expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(text.split('\n')).toHaveLength(3);
});

test('a row for --json has plain numbers', () => {
  expect(incidentRow(incident, 'two')).toMatchObject({
    ...{ firstMs: 1000, lastMs: 61_000, earlierBoot: true },
    lines: [{ timeMs: 5, stream: 'stderr', message: 'no such file' }],
  });
});
