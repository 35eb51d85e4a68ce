import { expect, test } from 'vitest';
import { dhcpFamilies, parseDhcpLease } from './dhcp.ts';
import { ntpFamilies, parseNtpStatus } from './ntp.ts';

test('a lease as pkg/dhcp writes it', () => {
  const text = JSON.stringify({
    interface: 'eth0',
    address: '10.0.2.15',
    leaseSeconds: 3600,
    expiresAtMs: 5000,
  });
  const lease = parseDhcpLease(text);
  expect(lease).toEqual({ interface: 'eth0', leaseSeconds: 3600, expiresAtMs: 5000 });
  const values = dhcpFamilies(lease ? [lease] : [], 1_000_000).map(({ name, samples }) => [name, samples[0]]);
  const labels = { device: 'eth0' };
  expect(values).toEqual([
    ['kit_dhcp_lease', { labels, value: 1 }],
    ['kit_dhcp_lease_expiry_time_seconds', { labels, value: 1005 }],
    ['kit_dhcp_lease_seconds', { labels, value: 3600 }],
  ]);
  expect(dhcpFamilies([{ interface: 'eth0' }], 0).map(({ name }) => name)).toEqual(['kit_dhcp_lease']);
});

test.each(['', '{', 'null', '[]', '{}', '{"interface": "a b", "address": "1"}', '{"interface": "eth0"}'])(
  '%j is no lease',
  (text) => {
    expect(parseDhcpLease(text)).toBeUndefined();
  },
);

test('the state of the clock as pkg/ntp writes it', () => {
  const status = parseNtpStatus(
    '{"state": "synchronised", "offset": -0.002, "stratum": 3, "frequency": 12.5}',
  );
  expect(ntpFamilies(status).map(({ name, samples }) => [name, samples[0]?.value])).toEqual([
    ['kit_ntp_synchronised', 1],
    ['kit_ntp_offset_seconds', -0.002],
    ['kit_ntp_stratum', 3],
    ['kit_ntp_frequency_ppm', 12.5],
  ]);
  expect(ntpFamilies(parseNtpStatus('{"state": "waiting", "offset": "x"}'))).toHaveLength(1);
  expect([parseNtpStatus(''), parseNtpStatus('{}'), ntpFamilies(undefined)]).toEqual([
    undefined,
    undefined,
    [],
  ]);
});
