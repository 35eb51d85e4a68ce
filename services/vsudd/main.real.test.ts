import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bundled } from '../../test/support/bundled.ts';
import { needsRoot } from '../../test/support/needs.ts';

test.each([
  ['vsudd', ['-inport', '2374:unix:/run/containerd/containerd.sock']],
  ['host-timesync-daemon', []],
])('%s ends at once where there is no vsock, and says so', needsRoot('mounts'), async (name, args) => {
  const program = await bundled(`services/${name}/main.ts`);
  const withoutDevices = ['-m', 'sh', '-c', 'mount -t tmpfs none /dev && exec "$@"', 'sh'];
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', program, ...args];
  const printed = execFileSync('unshare', [...withoutDevices, ...node], { encoding: 'utf8' });
  expect(printed).toBe('nothing to do: this machine has no vsock (/dev/vsock)\n');
});
