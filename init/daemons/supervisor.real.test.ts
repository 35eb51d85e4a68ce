import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { ToInit } from '../../lib/control/init.ts';
import { until } from '../../test/support/until.ts';
import { startProgram } from '../system/program.ts';
import { type FakeContext, fakeContext } from '../testing/fake-context.ts';
import { startContainerd } from './containerd.ts';
import { type Supervisor, startSupervisor } from './supervisor.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-daemons-'));
const started: Supervisor[] = [];

afterEach(() => {
  for (const supervisor of started.splice(0)) supervisor.stopRestarting();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a real process as the supervisor of a fake system. */
function start(script: string, onMessage: (message: ToInit) => void = () => {}) {
  const program = join(mkdtempSync(join(folder, 'x-')), 'supervisor.mjs');
  writeFileSync(program, script);
  const context: FakeContext = fakeContext({ [guestPaths.supervisor]: '' });
  context.system.startProgram = startProgram;
  const supervisor = startSupervisor(context, onMessage, [process.execPath, program]);
  if (supervisor) started.push(supervisor);
  return { context, supervisor };
}

test('each process of the supervisor gets `go`; its messages are passed on; it stops', async () => {
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const messages: ToInit[] = [];
  const { context, supervisor } = start(
    `import { appendFileSync, readFileSync } from 'node:fs';
     const first = readFileSync(${JSON.stringify(log)}, 'utf8') === '';
     process.on('message', ({ kind }) => {
       appendFileSync(${JSON.stringify(log)}, kind + '\\n');
       if (kind === 'go' && first) process.exit(3);
       if (kind === 'go') process.send({ kind: 'settled', failed: ['web'] });
       if (kind === 'stop') process.send({ kind: 'stopped' }, () => process.exit(0));
     });`,
    (message) => messages.push(message),
  );
  supervisor?.go();
  await until('a message', () => messages.length > 0);
  expect(messages).toEqual([{ kind: 'settled', failed: ['web'] }]);
  expect(context.shown).toEqual(['supervisor ended (exit status 3), restarting in 100 ms']);
  supervisor?.stopRestarting();
  expect(await supervisor?.stop(() => 60_000)).toBeUndefined();
  expect(readFileSync(log, 'utf8')).toBe('go\ngo\nstop\n');
});

test.each<[what: string, onStop: string, reason: string]>([
  ['ignores the message', '', 'the supervisor does not answer'],
  ['hangs', "process.send({ kind: 'stopping', name: 'web' })", 'the supervisor hangs while it stops "web"'],
  ['exits each time', 'process.exit(3)', 'the supervisor keeps exiting'],
])('a supervisor that %s does not hold up the shutdown', async (_what, onStop, reason) => {
  const { supervisor } = start(
    `process.on('message', ({ kind }) => { if (kind === 'stop') { ${onStop} } });`,
  );
  const limits: (string | undefined)[] = [];
  const limit = (service?: string) => {
    limits.push(service);
    return service === undefined && onStop !== '' ? 60_000 : 100;
  };
  expect(await supervisor?.stop(limit)).toBe(reason);
  expect(limits.includes('web')).toBe(reason.includes('web'));
});

test('if the supervisor exits while it stops services, its next process continues the stop', async () => {
  const flag = join(folder, 'exited');
  const { supervisor } = start(
    `import { existsSync, writeFileSync } from 'node:fs';
     process.on('message', ({ kind }) => {
       if (kind === 'stop' && existsSync(${JSON.stringify(flag)})) process.send({ kind: 'stopped' });
       else if (kind === 'stop') { writeFileSync(${JSON.stringify(flag)}, ''); process.exit(1); }
     });`,
  );
  expect(await supervisor?.stop(() => 60_000)).toBeUndefined();
});

test('an image without containerd and supervisor starts neither', () => {
  const context = fakeContext();
  expect(startContainerd(context)).toBeUndefined();
  expect(startSupervisor(context, () => {})).toBeUndefined();
  expect(context.calls).toEqual([]);
});
