import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, expect, test } from 'vitest';
import { guestPaths } from '../../lib/bundle/bundle.ts';
import type { ToInit } from '../../lib/control/init.ts';
import { startProgram } from '../tasks/program.ts';
import { type Fake, fakeMachine } from '../testing/fake-kernel.ts';
import { type Supervisor, startContainerd, startSupervisor } from './daemons.ts';
import { keepRunning } from './keeper.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-daemons-'));
const started: Supervisor[] = [];

afterEach(() => {
  for (const supervisor of started.splice(0)) supervisor.release();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10);
}

test('the supervisor is told to go, each of its processes anew; what it says is heard; it stops', async () => {
  const program = join(folder, 'supervisor.mjs');
  const log = join(folder, 'log');
  writeFileSync(log, '');
  writeFileSync(
    program,
    `import { appendFileSync, readFileSync } from 'node:fs';
     const first = readFileSync(${JSON.stringify(log)}, 'utf8') === '';
     process.on('message', ({ kind }) => {
       appendFileSync(${JSON.stringify(log)}, kind + '\\n');
       if (kind === 'go' && first) process.exit(3);
       if (kind === 'go') process.send({ kind: 'settled', failed: ['web'] });
       if (kind === 'stop') process.send({ kind: 'stopped' }, () => process.exit(0));
     });`,
  );
  const machine: Fake = fakeMachine({ [guestPaths.supervisor]: '' });
  const heard: ToInit[] = [];
  const supervisor = startSupervisor(machine, (message) => heard.push(message), [process.execPath, program]);
  if (supervisor) started.push(supervisor);
  supervisor?.go();
  await until(() => heard.length > 0);
  expect(heard).toEqual([{ kind: 'settled', failed: ['web'] }]);
  expect(machine.shown).toEqual(['supervisor ended (exit status 3), starting it again in 100 ms']);
  supervisor?.release();
  expect(await supervisor?.stop(() => 60_000)).toBeUndefined();
  expect(readFileSync(log, 'utf8')).toBe('go\ngo\nstop\n');
});

test.each<[what: string, onStop: string, why: string]>([
  ['hears nothing', '', 'the supervisor does not answer'],
  ['hangs', "process.send({ kind: 'stopping', name: 'web' })", 'the supervisor hangs while it stops "web"'],
  ['dies each time', 'process.exit(3)', 'the supervisor does not live'],
])('a supervisor that %s does not hold up the end', async (_what, onStop, why) => {
  const program = join(mkdtempSync(join(folder, 'x-')), 'supervisor.mjs');
  writeFileSync(program, `process.on('message', ({ kind }) => { if (kind === 'stop') { ${onStop} } });`);
  const machine = fakeMachine({ [guestPaths.supervisor]: '' });
  const supervisor = startSupervisor(machine, () => {}, [process.execPath, program]);
  if (supervisor) started.push(supervisor);
  const limits: (string | undefined)[] = [];
  const limit = (service?: string) => {
    limits.push(service);
    return service === undefined && onStop !== '' ? 60_000 : 100;
  };
  expect(await supervisor?.stop(limit)).toBe(why);
  expect(limits.includes('web')).toBe(why.includes('web'));
});

test('a supervisor that dies while it stops services is followed by one that goes on with it', async () => {
  const program = join(mkdtempSync(join(folder, 'x-')), 'supervisor.mjs');
  const flag = `${program}.died`;
  writeFileSync(
    program,
    `import { existsSync, writeFileSync } from 'node:fs';
     process.on('message', ({ kind }) => {
       if (kind === 'stop' && existsSync(${JSON.stringify(flag)})) process.send({ kind: 'stopped' });
       else if (kind === 'stop') { writeFileSync(${JSON.stringify(flag)}, ''); process.exit(1); }
     });`,
  );
  const supervisor = startSupervisor(fakeMachine({ [guestPaths.supervisor]: '' }), () => {}, [
    process.execPath,
    program,
  ]);
  if (supervisor) started.push(supervisor);
  expect(await supervisor?.stop(() => 60_000)).toBeUndefined();
});

test('an image without them starts neither', () => {
  const machine = fakeMachine();
  expect(startContainerd(machine)).toBeUndefined();
  expect(startSupervisor(machine, () => {})).toBeUndefined();
});

test('a program that cannot be started is tried again, ever more slowly', async () => {
  const machine = fakeMachine();
  const start = () => startProgram(['/no/such/program'], { stdio: 'ignore' });
  const kept = keepRunning('it', start, machine.console);
  await until(() => machine.shown.length === 2);
  kept.release();
  expect(machine.shown).toEqual([
    'it ended (Cannot run "/no/such/program": not in the image), starting it again in 100 ms',
    'it ended (Cannot run "/no/such/program": not in the image), starting it again in 200 ms',
  ]);
});
