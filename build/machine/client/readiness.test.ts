import { expect, test } from 'vitest';
import { Service, StatusReply } from '../../../lib/control/generated/control.ts';
import { type Readiness, readinessOf } from './readiness.ts';

const service = (change: Partial<Service>): Service => ({
  ...Service.decode(new Uint8Array()),
  ...{ name: 'web', section: 'services', state: 'ready', ...change },
});

const status = (services: readonly Partial<Service>[]): StatusReply => ({
  ...StatusReply.decode(new Uint8Array()),
  services: services.map(service),
});

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
    'a container of onboot failed',
    [{ name: 'asks', section: 'onboot', state: 'failed', lastExit: 'exit status 1' }, {}],
    { kind: 'failed', failures: ['asks failed: exit status 1'] },
  ],
  [
    'a container of onboot failed, and a service still starts',
    [{ name: 'asks', section: 'onboot', state: 'failed' }, { state: 'starting' }],
    { kind: 'waiting', for: ['web'] },
  ],
  [
    'a shell waits on the console',
    [{ name: 'asks', section: 'onboot', state: 'shell', lastExit: 'exit status 4' }, { state: 'starting' }],
    { kind: 'failed', failures: ['asks failed: exit status 4; a shell waits on the console'] },
  ],
  ['onshutdown does not count', [{ section: 'onshutdown', state: 'failed' }], { kind: 'ready' }],
])('%s', (_title, services, expected) => {
  expect(readinessOf(status(services))).toEqual(expected);
});

test('--allow-failed: what has failed for good does not count, what waits does', () => {
  const allowed = (...services: Partial<Service>[]) =>
    readinessOf(status(services), { allowFailed: true }).kind;
  expect(allowed({ section: 'onboot', state: 'failed' }, { state: 'failed' }, { name: 'db' })).toBe('ready');
  expect(allowed({ state: 'backoff', restarts: 5 })).toBe('ready');
  expect(allowed({ section: 'onboot', state: 'failed' }, { state: 'starting' })).toBe('waiting');
  expect(allowed({ section: 'onboot', state: 'shell' })).toBe('failed');
});

test('while onboot runs, a machine without services is not ready', () => {
  expect(readinessOf({ ...status([]), booting: true })).toEqual({ kind: 'waiting', for: ['onboot'] });
});

test('at the console a shell is waited for', () => {
  const asks = { name: 'asks', section: 'onboot', state: 'shell' };
  expect(readinessOf(status([asks]), { hasConsole: true })).toEqual({ kind: 'waiting', for: ['asks'] });
});
