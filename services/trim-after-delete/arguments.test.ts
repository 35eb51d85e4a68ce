import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

const read = (args: string) => readSettings(args.split(' ').filter(Boolean));

test.each([
  ['', 10_000, ['/sbin/fstrim', '/var/lib/docker']],
  ['-- /sbin/fstrim /var', 10_000, ['/sbin/fstrim', '/var']],
  ['--delay 1m30s -- /sbin/fstrim -v /var', 90_000, ['/sbin/fstrim', '-v', '/var']],
  ['-delay=500ms /bin/true', 500, ['/bin/true']],
])('%s', (args, delayMs, program) => {
  expect(read(args)).toEqual({ delayMs, program, socket: '/var/run/docker.sock' });
});

test.each(['10', '', 's', '1d', '25h', '1.5s', '-1s'])('-delay %j is refused', (delay) => {
  expect(() => readSettings([`-delay=${delay}`])).toThrow(/no duration/);
});
