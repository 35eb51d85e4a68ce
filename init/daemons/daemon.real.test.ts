import { expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { startProgram } from '../system/program.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { exited } from '../testing/fake-program.ts';
import { startContainerd } from './containerd.ts';
import { startDaemon } from './daemon.ts';

test('a program that cannot be started is tried again after ever longer delays', async () => {
  const { console, shown } = fakeContext();
  const daemon = startDaemon('it', () => startProgram(['/no/such/program'], 'ignore'), console);
  await until('two lines on the console', () => shown.length === 2);
  daemon.stopRestarting();
  expect(shown).toEqual([
    'it ended (Cannot run "/no/such/program": not in the image), restarting in 100 ms',
    'it ended (Cannot run "/no/such/program": not in the image), restarting in 200 ms',
  ]);
});

test('containerd is restarted, and its output goes to its log, not to the console', async () => {
  const context = fakeContext({ '/usr/bin/containerd': '' });
  const last = Promise.withResolvers<ReturnType<typeof exited>>();
  context.program = () =>
    context.calls.length === 1
      ? { stdout: 'starting\n', stderr: 'level=fatal\n', end: exited(1) }
      : { stdout: 'serving\n', end: last.promise };
  const daemon = startContainerd(context);
  await until('three lines in the log', () => context.logs.get('containerd')?.length === 3);
  daemon?.stopRestarting();
  last.resolve(exited(0));
  expect(context.calls).toEqual(['run /usr/bin/containerd', 'run /usr/bin/containerd']);
  expect(context.logs.get('containerd')).toEqual([
    'stdout: starting',
    'stderr: level=fatal',
    'stdout: serving',
  ]);
  expect(context.shown).toEqual(['containerd ended (exit status 1), restarting in 100 ms']);
});
