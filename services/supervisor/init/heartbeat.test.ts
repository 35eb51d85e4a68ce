import { expect, test } from 'vitest';
import type { Liveness } from '../../../lib/bundle/bundle.ts';
import { newService, type Policy, type ServiceState } from '../state/state.ts';
import { faultOf } from './heartbeat.ts';

const policy: Policy = {
  ...{ restart: 'always', after: [], probed: true, stopSignal: 'SIGTERM', stopTimeoutMs: 1000 },
};
const liveness: Liveness = { unhealthyMs: 1, restarts: 1, windowMs: 1 };
const unhealthy = { state: 'unhealthy', sinceMs: 0, falls: 1, why: 'port 80 refuses connections' } as const;
const ready = { phase: 'ready', health: unhealthy } as const;

test.each<[string, Partial<ServiceState>, string | undefined]>([
  ['a healthy one', { phase: 'ready' }, undefined],
  ['an unhealthy one', ready, 'service "a" is unhealthy: port 80 refuses connections'],
  ['one that liveness may restart', { ...ready, policy: { ...policy, liveness } }, undefined],
  [
    'one whose restarts are used up',
    { ...ready, policy: { ...policy, liveness }, liveness: { times: [1], count: 1, isSpent: true } },
    'service "a" is unhealthy: port 80 refuses connections',
  ],
  ['one in a crash loop', { phase: 'backoff', failures: 5 }, 'service "a" is in a crash loop'],
  ['one that failed for good', { phase: 'failed' }, 'service "a" has failed for good'],
  ['one that was stopped', { ...ready, wanted: false }, undefined],
])('%s', (_title, change, fault) => {
  const services = [{ ...newService('a', policy), ...change }];
  expect(faultOf({ timeoutS: 60, services: ['a'] }, services)).toBe(fault);
  expect(faultOf({ timeoutS: 60, services: ['b'] }, services)).toBeUndefined();
});
