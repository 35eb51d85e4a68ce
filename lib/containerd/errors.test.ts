import { expect, test } from 'vitest';
import { ContainerdError, isAlreadyExists, isAway, isNotFound } from './errors.ts';

const prefix = 'failed to create task for container: failed to create shim task: OCI runtime create failed: ';

test.each([
  [
    `${prefix}executable file \`/x\` not found: No such file or directory: unknown`,
    'executable file `/x` not found: No such file or directory',
  ],
  [
    `${prefix}unable to retrieve OCI runtime error (open /run/log.json: no such file or directory): ` +
      'crun did not terminate successfully: exit status 1: ' +
      'mount `proc` to `/proc`: Operation not permitted\n: unknown',
    'mount `proc` to `/proc`: Operation not permitted',
  ],
  ['container "web": already exists', 'container "web": already exists'],
])('only the innermost reason is kept of %j', (details, reason) => {
  expect(new ContainerdError('Tasks/Create', 2, details).message).toBe(reason);
});

test('errors are classified by their gRPC status', () => {
  const of = (code: number) => new ContainerdError('Tasks/Get', code, 'x');
  expect([isNotFound(of(5)), isAlreadyExists(of(6)), isAway(of(14)), isAway(of(4))]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect([isNotFound(of(6)), isAway(of(2)), isNotFound(new Error('x'))]).toEqual([false, false, false]);
});
