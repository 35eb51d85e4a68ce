import { expect, test } from 'vitest';
import { bootSteps } from '../phases.ts';
import { runSteps } from '../steps.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { startFirewall } from './firewall.ts';

const open = [
  { protocol: 'tcp', first: 80, last: 80 },
  { protocol: 'udp', first: 8000, last: 8010 },
];
const files = { '/etc/kit/firewall.json': JSON.stringify({ open }) };

test('the ports of the manifest are let through', () => {
  const context = fakeContext(files);
  expect(startFirewall(context)).toBe('open: 80/tcp, 8000-8010/udp');
  expect(context.calls).toContain(`firewall ${JSON.stringify(open)}`);
  expect(startFirewall(fakeContext())).toBe('not in the manifest');
});

test('a machine whose kernel has no firewall does not boot, rather than run services without it', async () => {
  const context = fakeContext(files);
  context.failing.set(`firewall ${JSON.stringify(open)}`, new Error('netlink: not supported'));
  const step = { name: 'firewall', onError: 'stop', run: startFirewall } as const;
  await expect(runSteps([step], context)).rejects.toThrow(
    'Cannot boot: firewall failed: netlink: not supported',
  );
  const order = bootSteps.map(({ name, onError }) => `${name} ${onError}`);
  expect(order).toContain('firewall stop');
  expect(order.indexOf('firewall stop')).toBeLessThan(order.indexOf('network continue'));
});
