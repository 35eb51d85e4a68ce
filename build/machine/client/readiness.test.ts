import { expect, test } from 'vitest';
import { Service, StatusReply } from '../../../lib/control/generated/control.ts';
import { type Readiness, readinessOf } from './readiness.ts';

const service = (change: Partial<Service>): Service => ({
  ...Service.decode(new Uint8Array()),
  ...{ name: 'web', section: 'services', state: 'ready', ...change },
});

const look = (...services: Service[]): Readiness =>
  readinessOf({ ...StatusReply.decode(new Uint8Array()), services });

test.each<[string, readonly Partial<Service>[], Readiness]>([
  ['nothing to wait for', [], { kind: 'ready' }],
  ['all ready', [{}, { name: 'db' }], { kind: 'ready' }],
  ['one starts', [{}, { name: 'db', state: 'starting' }], { kind: 'waiting', for: ['db'] }],
  ['runs, and its probe says nothing yet', [{ state: 'running' }], { kind: 'waiting', for: ['web'] }],
  ['died and will be started again', [{ state: 'backoff', restarts: 1 }], { kind: 'waiting', for: ['web'] }],
  ['did its work', [{ state: 'stopped', lastExit: 'exit status 0' }], { kind: 'ready' }],
  ['was never started', [{ state: 'stopped' }], { kind: 'ready' }],
  [
    'ended badly, for good',
    [{ state: 'stopped', lastExit: 'exit status 3' }],
    { kind: 'failed', failures: ['web is stopped: exit status 3'] },
  ],
  [
    'failed, while another starts',
    [
      { state: 'failed', lastExit: 'no such file' },
      { name: 'db', state: 'starting' },
    ],
    { kind: 'failed', failures: ['web is failed: no such file'] },
  ],
  [
    'does not stay up',
    [{ state: 'backoff', restarts: 5, lastExit: 'killed by SIGSEGV' }],
    { kind: 'failed', failures: ['web does not stay up (5 restarts): killed by SIGSEGV'] },
  ],
  [
    'onboot and onshutdown do not count',
    [
      { section: 'onboot', state: 'failed' },
      { section: 'onshutdown', state: 'stopped' },
    ],
    { kind: 'ready' },
  ],
])('%s', (_title, services, expected) => {
  expect(look(...services.map(service))).toEqual(expected);
});
