import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse.ts';
import { firewallConfig } from './firewall.ts';

const config = (yaml: string) => firewallConfig(parseManifest(yaml, 'x.yml', '/'));
const web = 'services: [{name: web, image: x, ports: ["80/tcp", "8000-8010/udp"]}]';

test('the firewall lets through what services and control declare, and nothing else', () => {
  expect(config(`${web}\nnetwork: {firewall: true}\ncontrol: {listen: ":4911"}`)).toEqual({
    open: [
      { protocol: 'tcp', first: 80, last: 80 },
      { protocol: 'udp', first: 8000, last: 8010 },
      { protocol: 'tcp', first: 4911, last: 4911 },
    ],
  });
  expect(config('services: [{name: web, image: x}]\nnetwork: {firewall: true}')).toEqual({ open: [] });
});

test('without the key there is no firewall', () => {
  expect(config(web)).toBeUndefined();
  expect(config(`${web}\nnetwork: {firewall: false}`)).toBeUndefined();
});

test.each(['0/tcp', '65536/tcp', '90-80/udp', '1-99999/tcp'])(
  '%s names no ports, firewall or not',
  (ports) => {
    expect(() => config(`services: [{name: web, image: x, ports: ["${ports}"]}]`)).toThrow(
      `"${ports}" names no ports: they are from 1 to 65535, the lower one first`,
    );
  },
);
