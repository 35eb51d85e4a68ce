import { expect, test } from 'vitest';
import { decoded, reply } from '../testdata/reply.ts';
import { addressFault, isIncomplete, type Lease, leaseOf } from './lease.ts';
import { MessageRejected } from './message.ts';
import { code } from './options.ts';

const hour = [code.leaseTime, Buffer.of(0, 0, 14, 16)] as const;

function leased(...options: (readonly [number, Buffer | string, ...string[]])[]): Lease {
  return leaseOf(decoded(reply([hour, ...options])), 0);
}

/** Option 121: prefix, significant bytes, gateway. */
const routes = (...bytes: number[]): readonly [number, Buffer] => [code.classlessRoutes, Buffer.from(bytes)];
const via = [10, 0, 2, 66];

test.each<[string, readonly [number, Buffer | string, ...string[]], string]>([
  ['a netmask of /0', [code.subnetMask, '0.0.0.0'], 'netmask /0: wider than /8'],
  ['half of the default route', routes(1, 0, ...via), 'route 0.0.0.0/1: wider than /8'],
  ['its other half', routes(1, 128, ...via), 'route 128.0.0.0/1: wider than /8'],
  [
    'the metadata service of clouds',
    routes(32, 169, 254, 169, 254, ...via),
    'route 169.254.169.254/32: link-local addresses are not routed',
  ],
  ['all of the loopback network', routes(8, 127, ...via), 'route 127.0.0.0/8: not a network of hosts'],
  ['multicast', routes(8, 239, ...via), 'route 239.0.0.0/8: not a network of hosts'],
  ['a default route to nowhere', routes(0, 0, 0, 0, 0), 'route 0.0.0.0/0: without a gateway'],
  [
    'a gateway that is this machine',
    routes(16, 10, 77, 127, 0, 0, 1),
    'route 10.77.0.0/16: its gateway 127.0.0.1 is not another host',
  ],
  ['itself as router', [code.router, '10.0.2.15'], 'router 10.0.2.15: the leased address itself'],
  ['a resolver of 127.0.0.1', [code.dns, '127.0.0.1'], 'resolver 127.0.0.1: not the address of a host'],
  ['an MTU of 68', [code.mtu, Buffer.of(0, 68)], 'MTU 68: less than 576'],
  [
    'the name localhost',
    [code.hostname, Buffer.from('localhost')],
    'host name localhost: reserved for the machine itself',
  ],
  [
    'the domain localhost',
    [code.domain, Buffer.from('x.localhost')],
    'domain x.localhost: reserved for the machine itself',
  ],
])('a lease with %s is taken without it, and the reason is named', (_case, option, reason) => {
  const lease = leased(option);
  expect(lease).toMatchObject({ prefix: 8, routes: [], dns: [], ignored: [reason] });
  expect([lease.mtu, lease.hostname, lease.domains]).toEqual([undefined, undefined, []]);
});

test('what honest servers send counts', () => {
  const lease = leased(
    [code.subnetMask, '255.255.255.255'],
    [code.router, '10.0.2.2'],
    [code.dns, '169.254.169.254', '10.0.2.3'],
    [code.domain, Buffer.from('localhost.example')],
    routes(0, ...via, 32, 10, 0, 2, 66, 0, 0, 0, 0, 12, 172, 16, ...via),
  );
  expect(lease).toMatchObject({
    ...{ prefix: 32, dns: ['169.254.169.254', '10.0.2.3'], domains: ['localhost.example'], ignored: [] },
    routes: [
      { destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.66' },
      { destination: '10.0.2.66', prefix: 32, gateway: '0.0.0.0' },
      { destination: '172.16.0.0', prefix: 12, gateway: '10.0.2.66' },
    ],
  });
});

test.each([
  ['169.254.1.1', 'link-local'],
  ['127.0.0.1', 'not the address of a host'],
  ['224.0.0.1', 'not the address of a host'],
  ['0.0.0.0', 'not the address of a host'],
  ['10.0.2.15', undefined],
])('%s as an address: %s', (address, fault) => {
  expect(addressFault(address)).toBe(fault);
});

test.each(['127.0.0.1', '0.0.0.0', '255.255.255.255'])('a server is a host, and not %s', (server) => {
  expect(() => decoded(reply([hour], { server }))).toThrow(MessageRejected);
  expect(() => decoded(reply([hour], { server: null }), server)).toThrow(MessageRejected);
});

test('what a server leaves out is assumed, and named', () => {
  const bare = decoded(reply([], { server: null }), '10.0.2.9');
  expect(isIncomplete(bare)).toBe(true);
  expect(leaseOf(bare, 0)).toMatchObject({
    ...{ server: '10.0.2.9', seconds: 3600 },
    assumed: ['no server identifier: 10.0.2.9, which sent it, is taken', 'no lease time: 3600 s are taken'],
  });
  const whole = decoded(reply([hour]));
  expect([isIncomplete(whole), leaseOf(whole, 0).assumed]).toEqual([false, []]);
});

test('a server cannot make the log or the routing table long', () => {
  const many = Array.from({ length: 200 }, (_, at) => [32, 169, 254, at, 1, ...via]).flat();
  expect(leased(routes(...many.slice(0, 198))).ignored).toHaveLength(8);
});
