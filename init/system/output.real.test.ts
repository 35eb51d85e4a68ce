import { expect, test } from 'vitest';
import { fakeLog, fakeProgram } from '../testing/fake-program.ts';
import { logOutput } from './output.ts';
import { startProgram } from './program.ts';

test('each line goes to the log and to the callback, also a last one without newline', async () => {
  const program = fakeProgram({ stdout: 'one\r\ntwo', stderr: 'three\n' }, () => {});
  const [log, lines]: [string[], string[]] = [[], []];
  await logOutput(program, program.ended, fakeLog(log), (line) => lines.push(line));
  expect(log.sort()).toEqual(['stderr: three', 'stdout: one', 'stdout: two']);
  expect(lines.sort()).toEqual(['one', 'three', 'two']);
});

test('a grandchild that keeps the pipes open does not hold it up', async () => {
  const program = startProgram(['/bin/sh', '-c', 'sleep 1000 & echo $!'], ['ignore', 'pipe', 'pipe']);
  const log: string[] = [];
  await logOutput(program, program.ended, fakeLog(log));
  const pid = Number(log[0]?.replace('stdout: ', ''));
  expect(await program.ended).toEqual({ status: 0, signal: null });
  expect(process.kill(pid, 'SIGKILL')).toBe(true);
});
