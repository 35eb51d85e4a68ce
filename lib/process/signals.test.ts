import { constants } from 'node:os';
import { expect, test } from 'vitest';
import { needs } from '../../test/support/needs.ts';
import { signalName, signalNumber } from './signals.ts';

test.each([
  ...[
    ['SIGQUIT', 3],
    ['QUIT', 3],
    ['quit', 3],
    ['3', 3],
    ['SigTerm', 15],
    ['SIGIOT', 6],
    ['CLD', 17],
  ],
  ...[
    ['SIGRTMIN', 34],
    ['SIGRTMIN+3', 37],
    ['rtmin+3', 37],
    ['SIGRTMAX', 64],
    ['RTMAX-14', 50],
    ['64', 64],
  ],
] as const)('%j is signal %d', (text, number) => {
  expect(signalNumber(text)).toBe(number);
});

test.each([
  ...[
    '',
    '0',
    '65',
    '-3',
    '3.0',
    ' 3',
    'SIG',
    'SIG3',
    'SIGFOO',
    'SIGSIGTERM',
    'SIGRTMIN-1',
    'RTMIN+31',
    'constructor',
  ],
])('%j is no signal', (text) => {
  expect(signalNumber(text)).toBeUndefined();
});

test("the table has every name of Node's", needs('Linux', process.platform === 'linux'), () => {
  for (const [name, number] of Object.entries(constants.signals)) expect(signalNumber(name)).toBe(number);
});

test('each number has one name, which names it again', () => {
  const numbers = Array.from({ length: 64 }, (_, at) => at + 1).filter((one) => one !== 32 && one !== 33);
  for (const number of numbers) expect(signalNumber(signalName(number) ?? '')).toBe(number);
  expect([0, 32, 33, 65, -1].map(signalName)).toEqual(Array(5).fill(undefined));
});
