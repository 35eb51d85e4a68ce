import { expect, test } from 'vitest';
import { isDropped } from './dropped-signal.ts';

const sigterm = 15;
const statusOf = (fields: Readonly<Record<string, string>> = {}) =>
  Object.entries({
    ...{ Name: 'sleep', NSpid: '4711\t1', SigBlk: '0000000000000000' },
    ...{ SigIgn: '0000000000001000', SigCgt: '0000000180000000' },
    ...fields,
  })
    .map(([name, value]) => `${name}:\t${value}\n`)
    .join('');

test.each<[what: string, fields: Record<string, string>, signal: number, dropped: boolean]>([
  ['the first process of a namespace without a handler', {}, sigterm, true],
  ['the first process of an inner namespace', { NSpid: '4711\t20\t1' }, sigterm, true],
  ['a process of the machine', { NSpid: '4711' }, sigterm, false],
  ["the machine's first process", { NSpid: '1' }, sigterm, false],
  ['another process of a namespace', { NSpid: '4711\t7' }, sigterm, false],
  ['a handler', { SigCgt: '0000000000004000' }, sigterm, false],
  ['a handler of the signal before it', { SigCgt: '0000000000002000' }, sigterm, true],
  ['a signal that it waits for', { SigBlk: '0000000000004000' }, sigterm, false],
  ['a signal that it ignores', { SigIgn: '0000000000004000' }, sigterm, false],
  ['a signal that ends no process', {}, 28, false],
  ['a real-time signal', {}, 37, true],
  ['a handler of the last signal', { SigCgt: '8000000000000000' }, 64, false],
  ['no masks', { SigCgt: '' }, sigterm, false],
  ['no namespaces', { NSpid: '' }, sigterm, false],
])('%s', (_what, fields, signal, dropped) => {
  expect(isDropped(statusOf(fields), signal)).toBe(dropped);
});
