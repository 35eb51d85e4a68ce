import { describe, expect, test } from 'vitest';
import type { Healthcheck, RunConfig } from '../../../lib/oci/types.ts';
import { bundle, type Fields } from '../testing.ts';
import { healthcheckFault, healthcheckReady } from './healthcheck.ts';

const usual = { interval: '30s', timeout: '30s', retries: 3 };
const second = 1e9;

test.each<[string, Healthcheck, Partial<RunConfig>, object | undefined]>([
  ['CMD', { Test: ['CMD', 'redis-cli', 'ping'] }, {}, { exec: ['redis-cli', 'ping'], ...usual }],
  [
    'CMD-SHELL',
    { Test: ['CMD-SHELL', 'a || exit 1'] },
    {},
    { exec: ['/bin/sh', '-c', 'a || exit 1'], ...usual },
  ],
  [
    "the image's shell",
    { Test: ['CMD-SHELL', 'a'] },
    { Shell: ['/bin/bash', '-ec'] },
    { exec: ['/bin/bash', '-ec', 'a'], ...usual },
  ],
  [
    'times',
    { Test: ['CMD', 'a'], Interval: 5 * second, Timeout: 1_500_000, Retries: 7 },
    {},
    { exec: ['a'], interval: '5s', timeout: '2ms', retries: 7 },
  ],
  [
    'zero and nonsense',
    { Test: ['CMD', 'a'], Interval: 0, Timeout: -1, Retries: -5 },
    {},
    { exec: ['a'], ...usual },
  ],
  [
    'times that no timer takes',
    { Test: ['CMD', 'a'], Interval: 2 ** 63, Retries: 1e18 },
    {},
    { exec: ['a'], interval: '86400s', timeout: '30s', retries: 1000 },
  ],
  ['NONE', { Test: ['NONE'] }, {}, undefined],
  ['that of its base', { Test: [], Interval: second }, {}, undefined],
  ['nothing', {}, {}, undefined],
  ['CMD alone', { Test: ['CMD'] }, {}, undefined],
  ['an unknown form', { Test: ['HTTP', 'x'] }, {}, undefined],
])('%s', (_what, Healthcheck, image, ready) => {
  expect(healthcheckReady({ ...image, Healthcheck })).toEqual(ready);
});

test('what is not understood is named', () => {
  const faults = [['CMD', 'x'], ['NONE'], [], ['CMD'], ['HTTP', 'x']].map((Test) =>
    healthcheckFault({ Healthcheck: { Test } }),
  );
  expect(faults).toEqual([
    ...[undefined, undefined, undefined, 'Healthcheck says CMD without a command'],
    'Healthcheck says "HTTP", where kit knows CMD, CMD-SHELL and NONE',
  ]);
});

describe('in a service', () => {
  const image: RunConfig = { Cmd: ['c'], Healthcheck: { Test: ['CMD', '/check'], Interval: second } };
  const readyOf = (fields: Fields, label = {}) => bundle(fields, label, image).runtime.kit?.ready;

  test('it is the probe where the manifest and the label have none', () => {
    expect(readyOf({})).toEqual({ exec: ['/check'], intervalMs: 1000, timeoutMs: 30_000, retries: 3 });
    expect(bundle({}, {}, image).origins.get('ready')).toEqual([{ source: 'image config', path: ['ready'] }]);
    expect(readyOf({ ready: { tcp: 80 } })).toEqual({ tcp: 80 });
    expect(readyOf({}, { ready: { log: 'up' } })).toEqual({ log: 'up' });
  });

  test('`ready: none` turns it off', () => {
    expect(readyOf({ ready: 'none' })).toBeNull();
    expect(readyOf({}, { ready: 'none' })).toBeNull();
  });

  test('times of a probe in the manifest; 0 is the default', () => {
    const times = { interval: '1m', timeout: '0s', retries: 2 } as const;
    expect(readyOf({ ready: { tcp: 80, ...times } })).toEqual({ tcp: 80, intervalMs: 60_000, retries: 2 });
  });
});
