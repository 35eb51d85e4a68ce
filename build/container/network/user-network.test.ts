import { expect, test } from 'vitest';
import { networkArguments } from './user-network.ts';

test("the network has the addresses of QEMU's, and only the published ports", () => {
  const at = { host: '127.0.0.1', hostPort: 2222, guestPort: 22 };
  const line = networkArguments([
    { ...at, protocol: 'tcp' },
    { ...at, host: '0.0.0.0', protocol: 'udp' },
  ]).join(' ');
  expect(line).toContain('-a 10.0.2.15 -n 24 -g 10.0.2.2 -D 10.0.2.3 --dns-forward 10.0.2.3');
  expect(line).toContain('-t 127.0.0.1/2222:22 -u 0.0.0.0/2222:22');
  expect(networkArguments([]).join(' ')).toContain('-t none -u none');
});
