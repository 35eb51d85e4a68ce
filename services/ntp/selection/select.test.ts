import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixedSeconds, secondsOf } from '../protocol/timestamp.ts';
import type { Candidate } from './candidate.ts';
import { cluster } from './cluster.ts';
import { truechimers } from './intersection.ts';
import { selectServers } from './select.ts';

const server = (name: string, offset: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ name, offset: fixedSeconds(offset), distance: 0.02, jitter: 0.001, stratum: 2, leap: 0, at: 0 },
  ...{ delay: 0.01, dispersion: 0.01 },
  ...more,
});
const names = (all: readonly Candidate[]): string[] => all.map(({ name }) => name).sort();

describe('truechimers', () => {
  test.each<[string, readonly Candidate[], readonly string[]]>([
    ['none of none', [], []],
    ['one', [server('a', 1)], ['a']],
    ['two that agree', [server('a', 1), server('b', 1.01)], ['a', 'b']],
    ['two that do not', [server('a', 1), server('b', 2)], []],
    ['two of three', [server('a', 1), server('b', 1.01), server('c', 9)], ['a', 'b']],
    ['two against two', [server('a', 1), server('b', 1), server('c', 9), server('d', 9)], []],
    [
      'three against two that agree on a wrong time',
      [server('a', 1), server('b', 1.01), server('c', 0.99), server('d', 9), server('e', 9)],
      ['a', 'b', 'c'],
    ],
    [
      'one that is unsure covers the others',
      [server('a', 1), server('b', 1.5, { distance: 0.6 })],
      ['a', 'b'],
    ],
  ])('%s', (_case, all, expected) => expect(names(truechimers(all))).toEqual(expected));

  test('a majority that is right by its own account is found, whatever the others say', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.array(fc.double({ min: 3, max: 1e6, noNaN: true }), { maxLength: 5 }),
        fc.array(fc.double({ min: -0.009, max: 0.009, noNaN: true }), { minLength: 12, maxLength: 12 }),
        (right, wrong, errors) => {
          const liars = wrong.slice(0, right - 1).map((offset, at) => server(`liar${at}`, offset));
          const honest = errors.slice(0, right).map((error, at) => server(`right${at}`, error));
          const found = names(truechimers([...liars, ...honest]));
          for (const { name } of honest) expect(found).toContain(name);
        },
      ),
    );
  });
});

test('the cluster keeps three at least, drops those far out, and puts a low stratum first', () => {
  const all = [0, 0.001, -0.001, 0.0005].map((offset, at) => server(`s${at}`, offset));
  const far = server('far', 0.018);
  const low = server('low', 0.0002, { stratum: 1 });
  const kept = cluster([...all, far, low]);
  expect(kept[0]?.name).toBe('low');
  expect(names(kept)).not.toContain('far');
  expect(cluster([server('a', 0), server('b', 0.01), server('c', 0.02)])).toHaveLength(3);
});

test('a large offset keeps its last bits, and nearer servers count more', () => {
  const year = 31_557_600;
  const [near, distant] = [server('near', year), server('distant', year + 0.01, { distance: 0.06 })];
  const selection = selectServers([near, distant]);
  if (selection.kind !== 'consensus') throw new Error(selection.kind);
  expect(secondsOf(selection.consensus.offset - near.offset)).toBeCloseTo(0.0025, 9);
  expect(selection.consensus.best.name).toBe('near');
});

test('the server that is followed stays, unless there is one of a lower stratum', () => {
  const all = [server('a', 0), server('b', 0, { distance: 0.03 })];
  const leader = (among: readonly Candidate[]): string | undefined => {
    const selection = selectServers(among, 'b');
    return selection.kind === 'consensus' ? selection.consensus.best.name : undefined;
  };
  expect(leader(all)).toBe('b');
  expect(leader([...all, server('c', 0, { stratum: 1 })])).toBe('c');
});

test('servers that are unsure do not count; a leap second takes a majority', () => {
  expect(selectServers([server('a', 0, { distance: 1.6 })])).toEqual({ kind: 'none' });
  const leap = (...leaps: readonly number[]): number | undefined => {
    const selection = selectServers(leaps.map((one, at) => server(`s${at}`, 0, { leap: one })));
    return selection.kind === 'consensus' ? selection.consensus.leap : undefined;
  };
  expect([leap(1, 1, 0), leap(1, 0), leap(2, 2), leap(1, 2, 0)]).toEqual([1, 0, 2, 0]);
});
