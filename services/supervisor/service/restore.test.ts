import { expect, test } from 'vitest';
import { defaultNamespace, type Supervision } from '../../../lib/bundle/bundle.ts';
import type { Bundle } from '../../../lib/bundle/read.ts';
import { unknownHealth } from '../state/state.ts';
import { isFirstOfBoot, restoreState } from './restore.ts';
import type { SavedService, SavedState } from './state-file.ts';

const supervision: Supervision = {
  ...{ restart: 'always', after: [], ready: null, stopSignal: 'SIGTERM', stopTimeoutMs: 2000 },
  ...{ onFailure: 'continue', timeoutMs: 0, ociRuntime: 'crun' },
};

function bundle(name: string, kit: Partial<Supervision> = {}): Bundle {
  const runtime: Bundle['runtime'] = {
    ...{ cgroups: [], mounts: [], mkdir: [], interfaces: [], namespace: defaultNamespace },
    bindNS: { cgroup: '', ipc: '', mnt: '', net: '', pid: '', user: '', uts: '' },
    kit: { ...supervision, ...kit },
  };
  return { name, section: 'services', dir: `/containers/services/${name}`, runtime };
}

const saved: SavedService = {
  ...{ wanted: false, pid: 42, startedMs: 7, restarts: 3, failures: 2, reached: true, failedOnce: true },
  lastExit: 'exit status 1',
  health: unknownHealth,
  liveness: { times: [5], count: 4, isSpent: false },
  isReviving: false,
};

const none: SavedState = { settled: false, services: {} };

test('services are in start order, with the policy of their bundle', () => {
  const { services, stage, settled } = restoreState([bundle('a', { after: ['b'] }), bundle('b')], none);
  expect(services.map(({ name, phase, policy }) => [name, phase, policy.probed])).toEqual([
    ['b', 'waiting', false],
    ['a', 'waiting', false],
  ]);
  expect([stage, settled]).toEqual(['adopting', false]);
  const probed = restoreState([bundle('a', { ready: { tcp: 80 } })], none);
  expect(probed.services[0]?.policy.probed).toBe(true);
});

test('the saved state of a service is kept, except its process, which has to be adopted', () => {
  const state = restoreState([bundle('a')], { settled: true, services: { a: saved, gone: saved } });
  expect(state.settled).toBe(true);
  expect(state.services).toMatchObject([{ name: 'a', phase: 'stopped', live: false, pid: 0, restarts: 3 }]);
  expect(state.services[0]?.liveness.count).toBe(4);
});

test('a supervisor without saved services is the first of its boot', () => {
  expect(isFirstOfBoot(none)).toBe(true);
  expect(isFirstOfBoot({ settled: false, services: { a: saved } })).toBe(false);
});
