import { expect, test } from 'vitest';
import { ProgramError } from '../../host/program.ts';
import { failedBuild } from './failed-build.ts';

const failure = (exitCode: number): ProgramError =>
  new ProgramError(
    { escapedCommand: 'sh', failed: true, exitCode },
    { file: 'sh', signal: AbortSignal.abort() },
  );

test.each([
  [
    'virtual memory exhausted: Cannot allocate memory',
    'it ran out of memory',
    '2048 MiB ("memory" in build.yml)',
  ],
  ['cc1: out of memory allocating 65536 bytes', 'it ran out of memory', 'if this machine has them'],
  ['sh: 1: meson: not found', 'exit status 1', 'a Debian package with "meson" belongs to "tools"'],
  ['make: gcc: command not found', 'exit status 1', 'a Debian package with "gcc" belongs to "tools"'],
  ['main.c:1: error: x', 'exit status 1', 'no network'],
])('%s', (line, message, hint) => {
  const error = failedBuild({ shown: 'pkg/x', source: { memoryKiB: 2 << 20 } }, ['one', line], failure(1));
  expect(error.message).toBe(`Cannot build package "pkg/x": ${message}\n  one\n  ${line}`);
  expect(error.hint).toContain(hint);
});
