import { expect, test } from 'vitest';
import type { DiskConfig, DiskFailure } from '../../lib/bundle/disks.ts';
import { prepareDisks } from './prepare-disks.ts';

const missing = (name: string, onFailure: DiskFailure): DiskConfig => ({
  ...{ name, match: { serial: `kit-no-${name}` }, fileSystem: { type: 'ext4', label: name } },
  ...{ mount: `/var/${name}`, grow: false, trim: false, wipe: false, onFailure, volumes: [] },
});

async function prepare(...disks: readonly DiskConfig[]) {
  const said: string[] = [];
  const engine = {
    ...{ root: '/none', privately: '/none', mapper: '/none', patienceMs: 0, log: () => {} },
    run: () => Promise.reject(new Error('no program is needed')),
    openTpm: () => Promise.reject(new Error('no TPM is needed')),
    fail: (text: string) => void said.push(text),
  };
  return { failure: await prepareDisks({ disks, shares: [] }, undefined, engine), said };
}

test('each disk that fails is one line, and of what they ask for the most counts', async () => {
  const { failure, said } = await prepare(
    missing('a', 'reboot'),
    missing('b', 'halt'),
    missing('c', 'shell'),
  );
  expect(said).toEqual(['a', 'b', 'c'].map((name) => `disk "${name}": no disk has serial "kit-no-${name}"`));
  expect(failure).toBe('halt');
});

test.each(['continue', 'shell', 'reboot', 'halt'] as const)(
  'a disk that fails alone is followed by %s',
  async (what) => {
    expect((await prepare(missing('a', what))).failure).toBe(what);
    expect((await prepare(missing('b', 'continue'), missing('a', what))).failure).toBe(what);
  },
);

test('without a failure nothing follows', async () => {
  expect(await prepare()).toEqual({ failure: undefined, said: [] });
});
