import { expect, test } from 'vitest';
import { withOwner } from './owner.ts';

test.each([
  ['that is not there', '/nonexistent/unshare', [], 'Cannot run "/nonexistent/unshare": it is not there'],
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
])('an unshare %s is told of', async (_title, file, args, message) => {
  const command = { file, args, env: { PATH: '/usr/bin:/bin' } };
  const made = withOwner(65_536, command, ['cat'], async () => 'made');
  await expect(made).rejects.toThrow(message);
});
