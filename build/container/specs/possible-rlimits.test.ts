import { expect, test } from 'vitest';
import { parseExactJson } from '../../../lib/json/exact-json.ts';
import { ownHardLimits, withPossibleRlimits } from './possible-rlimits.ts';
import type { Spec } from './spec.ts';

const limits = `Limit                     Soft Limit           Hard Limit           Units     
Max cpu time              unlimited            unlimited            seconds   
Max open files            1024                 20000                files     
Max nice priority         0                    0                    
`;

test('the hard limits of a process', () => {
  expect([...ownHardLimits(limits)]).toEqual([
    ['RLIMIT_NOFILE', 20_000n],
    ['RLIMIT_NICE', 0n],
  ]);
  expect(ownHardLimits()).toBeInstanceOf(Map);
});

test('a limit above that of the container is lowered and named, others stay', () => {
  const text = `{"process":{"rlimits":[
    {"type":"RLIMIT_NOFILE","soft":1024,"hard":65536},
    {"type":"RLIMIT_NOFILE","soft":18446744073709551615,"hard":18446744073709551615},
    {"type":"RLIMIT_NOFILE","soft":1,"hard":2},
    {"type":"RLIMIT_CPU","soft":18446744073709551615,"hard":18446744073709551615}]}}`;
  const { spec, notes } = withPossibleRlimits(parseExactJson<Spec>(text), ownHardLimits(limits));
  expect(spec.process?.rlimits).toEqual([
    { type: 'RLIMIT_NOFILE', soft: 1024, hard: 20_000n },
    { type: 'RLIMIT_NOFILE', soft: 20_000n, hard: 20_000n },
    { type: 'RLIMIT_NOFILE', soft: 1, hard: 2 },
    { type: 'RLIMIT_CPU', soft: 2n ** 64n - 1n, hard: 2n ** 64n - 1n },
  ]);
  expect(notes).toEqual(Array(2).fill('with at most 20000 of RLIMIT_NOFILE: the container may have no more'));
});
