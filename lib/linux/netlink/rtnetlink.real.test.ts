import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needsRoot } from '../../../test/support/needs.ts';

const inNamespace = needsRoot('network namespaces');

/** Runs code with the functions of rtnetlink.ts in a network namespace; returns what it printed. */
function inNetworkNamespace(code: string): unknown {
  const prelude = `
    import { networkInterfaces } from 'node:os';
    import * as network from ${JSON.stringify(join(import.meta.dirname, 'rtnetlink.ts'))};
    import { createLink } from ${JSON.stringify(join(import.meta.dirname, 'link-create.ts'))};
    const linkNamed = (wanted) => network.listLinks().find(({ name }) => name === wanted);
    const message = (act) => { try { act(); return 'ok' } catch (e) { return e.message } };`;
  const node = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', prelude + code];
  return JSON.parse(execFileSync('unshare', ['-n', process.execPath, ...node], { encoding: 'utf8' }));
}

test('the kernel keeps addresses and routes of both families as they were set', inNamespace, () => {
  const seen = inNetworkNamespace(`
    createLink({ name: 'v0', kind: 'veth', peer: 'v1' });
    for (const name of ['v0', 'v1']) network.changeLink(linkNamed(name).index, { up: true });
    const { index } = linkNamed('v0');
    const own = (rows) => rows.filter((row) => row.index === index && [4, 16].includes(row.protocol));
    const both = (list) => [2, 10].flatMap((family) => own(list(family)));
    const addresses = [
      { index, address: '10.0.2.20', prefix: 24, protocol: 16, validSeconds: 7200 },
      { index, address: 'fd00::20', prefix: 64, protocol: 16, validSeconds: 7200 },
    ];
    const routes = [
      { index, destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.2', metric: 102, protocol: 16 },
      { index, destination: '10.2.0.0', prefix: 16, metric: 7, protocol: 4 },
      { index, destination: '::', prefix: 0, gateway: 'fe80::1', metric: 5, protocol: 4 },
      { index, destination: 'fd00:1::', prefix: 32, metric: 7, protocol: 16 },
    ];
    addresses.forEach(network.setAddress);
    routes.forEach(network.setRoute);
    const order = (rows) => rows.map((row) => JSON.stringify({ ...row, index: 0 })).sort();
    const set = { addresses: order(both(network.listAddresses)), routes: order(both(network.listRoutes)) };
    // A second time the lifetime changes, and nothing is added. Absent, it is infinite.
    for (const { validSeconds, ...rest } of addresses) network.setAddress(rest);
    const permanent = both(network.listAddresses).map(({ validSeconds }) => validSeconds === Infinity);
    for (const remove of [network.removeRoute, network.removeRoute]) routes.forEach(remove);
    for (const remove of [network.removeAddress, network.removeAddress]) addresses.forEach(remove);
    const left = [...both(network.listAddresses), ...both(network.listRoutes)];
    const wanted = { addresses: order(addresses), routes: order(routes) };
    console.log(JSON.stringify({ set, wanted, permanent, left }));`);
  const { set, wanted, permanent, left } = seen as Record<string, unknown>;
  expect(set).toEqual(wanted);
  expect(permanent).toEqual([true, true]);
  expect(left).toEqual([]);
});

test('loopback gets its addresses when it comes up', inNamespace, () => {
  const seen = inNetworkNamespace(`
    const before = networkInterfaces();
    network.changeLink(network.listLinks().find(({ loopback }) => loopback).index, { up: true });
    const cidrs = networkInterfaces().lo.map(({ cidr }) => cidr);
    console.log(JSON.stringify([before, cidrs.filter((cidr) => cidr.startsWith('127'))]));`);
  expect(seen).toEqual([{}, ['127.0.0.1/8']]);
});

test('errors name the action and the reason', inNamespace, () => {
  const seen = inNetworkNamespace(`
    console.log(JSON.stringify([
      message(() => network.changeLink(99, { up: true })),
      message(() => network.setAddress({ index: 99, address: 'fd00::1', prefix: 64 })),
      message(() => network.setRoute({ index: 99, destination: '::', prefix: 0, metric: 0, protocol: 4 })),
      message(() => network.setAddress({ index: 1, address: 'fd00::1%lo', prefix: 64 })),
    ]));`);
  expect(seen).toEqual([
    'netlink "change interface 99": no such device (ENODEV)',
    'netlink "set address fd00::1/64": no such device (ENODEV)',
    'netlink "set route default": no such device (ENODEV)',
    'Cannot read address "fd00::1%lo": expected one like 10.0.2.15 or fd00::15',
  ]);
});
