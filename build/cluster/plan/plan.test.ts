import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Action,
  type ClusterPlan,
  type Described,
  type Mode,
  type Present,
  planCluster,
} from './plan.ts';

const wanted = (name: string, image = 'new'): Described => ({ name, settings: { image, memory: '512' } });
const present = (name: string, image = 'new', change: Partial<Present> = {}): Present => ({
  ...{ ...wanted(name, image), isLive: true, isReady: true },
  ...change,
});

const lines = ({ stages }: ClusterPlan): string[] =>
  stages.map((stage) => stage.map(({ kind, name }) => `${kind} ${name}`).join(', '));

describe('planCluster', () => {
  const all = ['a', 'b', 'c'].map((name) => wanted(name));

  test('what is missing or has ended starts, what runs is waited for', () => {
    const plan = planCluster(
      all,
      [present('b'), present('c', 'new', { isLive: false, isReady: false })],
      'keep',
    );
    expect(lines(plan)).toEqual(['start a, start c, wait b']);
    expect(plan.differences).toEqual([]);
  });

  test('what differs is only named, and so is what the file no longer has', () => {
    const plan = planCluster(all, [present('a', 'old'), present('b'), present('c'), present('x')], 'keep');
    expect(lines(plan)).toEqual(['wait b, wait c']);
    expect(plan.differences).toEqual([
      { name: 'a', settings: ['image'] },
      { name: 'x', settings: [] },
    ]);
  });

  test('replacing happens at once', () => {
    const plan = planCluster(all, [present('a', 'old'), present('b', 'old'), present('x')], 'replace');
    expect(lines(plan)).toEqual(['start c, replace a, replace b, end x']);
  });

  test('rolling: what is missing first, then what is not well, then one by one', () => {
    const unwell = present('b', 'old', { isReady: false });
    expect(
      lines(planCluster(all, [present('a', 'old'), unwell, present('x'), present('y')], 'roll')),
    ).toEqual(['start c', 'replace b', 'replace a', 'end y', 'end x']);
  });
});

/** The machines after these actions. */
function apply(
  machines: readonly Present[],
  actions: readonly Action[],
  want: readonly Described[],
): Present[] {
  const left = machines.filter(({ name }) => !actions.some((one) => one.kind === 'end' && one.name === name));
  const made = actions.filter(({ kind }) => kind !== 'end').map(({ name }) => name);
  const fresh = want.filter(({ name }) => made.includes(name));
  return [
    ...left.filter(({ name }) => !made.includes(name)),
    ...fresh.map((machine) => {
      const before = machines.find(({ name }) => name === machine.name);
      const waits = actions.some(({ kind, name }) => kind === 'wait' && name === machine.name);
      return { ...(waits && before ? before : machine), isLive: true, isReady: true };
    }),
  ];
}

const names = ['a', 'b', 'c', 'd', 'e'];
const state = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom(...names),
      settings: fc.record({ image: fc.constantFrom('old', 'new'), memory: fc.constantFrom('512', '1024') }),
      isLive: fc.boolean(),
      isReady: fc.boolean(),
    }),
    { selector: ({ name }) => name },
  )
  .map((machines) => machines.map((one) => ({ ...one, isReady: one.isReady && one.isLive })));
const wish = state.map((machines) => machines.map(({ name, settings }) => ({ name, settings })));
const mode = fc.constantFrom<Mode>('keep', 'replace', 'roll');

test('a carried out plan leaves nothing to do, whatever there was', () => {
  fc.assert(
    fc.property(wish, state, mode, (want, before, how) => {
      const { stages, differences } = planCluster(want, before, how);
      const after = stages.reduce<Present[]>((machines, stage) => apply(machines, stage, want), [...before]);
      const again = planCluster(want, after, how);
      expect(again.stages.flat().every(({ kind }) => kind === 'wait')).toBe(true);
      expect(again.differences).toEqual(differences);
      if (how === 'keep') return;
      expect(after.map(({ name, settings }) => ({ name, settings })).sort(byName)).toEqual(
        [...want].sort(byName),
      );
    }),
  );
});

test('rolling takes down one machine at a time, and none while another one is not ready', () => {
  fc.assert(
    fc.property(wish, state, (want, before) => {
      let machines: Present[] = [...before];
      for (const [at, stage] of planCluster(want, before, 'roll').stages.entries()) {
        const downs = stage.filter(({ kind }) => kind === 'replace' || kind === 'end');
        expect(downs.length).toBeLessThanOrEqual(1);
        const [down] = downs;
        if (down?.kind === 'replace') {
          expect(stage).toEqual([down]);
          const wasReady = machines.find(({ name }) => name === down.name)?.isReady;
          const others = want.filter(({ name }) => name !== down.name);
          const ready = machines.filter(({ isReady }) => isReady).map(({ name }) => name);
          if (wasReady)
            expect(
              others.every(({ name }) => ready.includes(name)),
              `stage ${at}`,
            ).toBe(true);
        }
        machines = apply(machines, stage, want);
      }
    }),
  );
});

test('a machine that is as described stays', () => {
  fc.assert(
    fc.property(wish, mode, (want, how) => {
      const all = want.map((machine) => ({ ...machine, isLive: true, isReady: true }));
      expect(
        planCluster(want, all, how)
          .stages.flat()
          .every(({ kind }) => kind === 'wait'),
      ).toBe(true);
    }),
  );
});

const byName = (a: Described, b: Described): number => a.name.localeCompare(b.name);
