import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { TaskReport } from '../../../lib/bundle/bundle.ts';
import { Incidents } from '../incidents/incidents.ts';
import { recordTaskFailures } from './task-failures.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-tasks-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a failure is recorded at once, once in each folder, also while a shell waits', () => {
  const reports = join(folder, 'reports');
  mkdirSync(reports);
  const put = (change: Partial<TaskReport> & { readonly name: string }): void => {
    const report = {
      section: 'onboot',
      state: 'failed',
      exitStatus: 4,
      reason: 'exit status 4',
      startedMs: 1,
    };
    writeFileSync(
      join(reports, `${change.name}.json`),
      JSON.stringify({ ...report, finishedMs: 2, ...change }),
    );
  };
  let store = join(folder, 'memory');
  const incidents = new Incidents(() => store, join(folder, 'log'));
  const counts = () => incidents.names().map((name) => [name, incidents.of(name).map(({ count }) => count)]);
  put({ name: 'good', state: 'succeeded', reason: '' });
  put({ name: 'asks', state: 'shell' });
  for (let times = 0; times < 2; times += 1) recordTaskFailures(incidents, reports);
  expect(counts()).toEqual([['asks', [1]]]);
  // The shell has ended, and a later container has mounted a disk.
  put({ name: 'asks' });
  put({ name: 'last', section: 'onshutdown' });
  store = join(folder, 'disk');
  for (let times = 0; times < 2; times += 1) recordTaskFailures(incidents, reports);
  expect(counts()).toEqual([
    ['asks', [1]],
    ['last', [1]],
  ]);
});

test('a folder that cannot be written does not stop the boot', () => {
  writeFileSync(join(folder, 'file'), '');
  const incidents = new Incidents(() => join(folder, 'file'), join(folder, 'log'));
  expect(() => recordTaskFailures(incidents, join(folder, 'reports'))).not.toThrow();
});
