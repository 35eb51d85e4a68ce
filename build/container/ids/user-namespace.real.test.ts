import { expect, test } from 'vitest';
import { hostRootId, withUserNamespace } from './user-namespace.ts';

test('each container has a block of host ids in the range for containers', () => {
  const ids = ['t1', 't2', 'web'].map(hostRootId);
  expect(new Set(ids).size).toBe(3);
  for (const id of ids) {
    expect(id % 65_536).toBe(0);
    expect(id).toBeGreaterThanOrEqual(524_288);
    expect(id + 65_535).toBeLessThanOrEqual(1_879_048_191);
  }
  expect(hostRootId('t1')).toBe(ids[0]);
});

test.each([
  ['that does not exist', '/nonexistent/unshare', [], 'Cannot run "/nonexistent/unshare": it is not there'],
  [
    'that fails',
    'sh',
    ['-c', 'exit 3'],
    'Cannot make a user namespace for the container: unshare ended with status 3',
  ],
  [
    'that is killed',
    'sh',
    ['-c', 'kill -9 $$'],
    'Cannot make a user namespace for the container: unshare ended by SIGKILL',
  ],
])('an unshare %s is an error that says so', async (_title, file, args, message) => {
  const command = { file, args, env: { PATH: '/usr/bin:/bin' } };
  const made = withUserNamespace(65_536, command, ['cat'], async () => 'made');
  await expect(made).rejects.toThrow(message);
});
