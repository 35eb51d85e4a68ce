import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TaskReport } from '../../../lib/bundle/bundle.ts';
import { reportedTasks } from './reported-tasks.ts';

const report: TaskReport = {
  name: 'dhcp',
  section: 'onboot',
  state: 'succeeded',
  exitStatus: 0,
  reason: '',
  startedMs: 2000,
  finishedMs: 2500,
};

test('reports of PID 1 become entries in start order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-reports-'));
  const put = (file: string, change: Partial<TaskReport>) =>
    writeFileSync(join(folder, file), JSON.stringify({ ...report, ...change }));
  put('onboot-dhcp.json', {});
  put('onboot-aaa.json', {
    name: 'aaa',
    startedMs: 3000,
    state: 'failed',
    exitStatus: 7,
    reason: 'exit status 7',
  });
  put('onboot-first.json', { name: 'first', startedMs: 1000, state: 'running', exitStatus: null });
  put('onboot-asks.json', {
    name: 'asks',
    startedMs: 4000,
    state: 'shell',
    exitStatus: 4,
    reason: 'exit status 4',
  });
  put('onshutdown-bye.json', { name: 'bye', section: 'onshutdown' });
  writeFileSync(join(folder, 'onboot-torn.json'), '{"na');
  const seen = reportedTasks(folder, 'onboot').map(({ name, state, lastExit }) => [name, state, lastExit]);
  expect(seen).toEqual([
    ['first', 'running', ''],
    ['dhcp', 'stopped', 'exit status 0'],
    ['aaa', 'failed', 'exit status 7'],
    ['asks', 'shell', 'exit status 4'],
  ]);
  expect(reportedTasks(folder, 'onshutdown').map(({ name }) => name)).toEqual(['bye']);
  expect(reportedTasks(join(folder, 'none'), 'onboot')).toEqual([]);
  rmSync(folder, { recursive: true });
});
