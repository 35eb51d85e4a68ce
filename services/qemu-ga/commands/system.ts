import type { NetworkInterfaceInfo } from 'node:os';
import { QapiError } from '../protocol/qapi-error.ts';
import { type Command, command } from './command.ts';
import type { Machine } from './machine.ts';
import { osReleaseFields } from './os-release.ts';

export const systemCommands: Readonly<Record<string, Command>> = {
  'guest-get-time': command({}, ({ clock }) => clock.now()),
  'guest-set-time': command({ time: 'int?' }, ({ clock }, { time }) => {
    if (time === undefined) clock.takeHardware();
    else if (time < 0n) throw new QapiError("Invalid parameter value for 'time', expected: from 0 up");
    else clock.set(time);
  }),
  // Machines have no other zone.
  'guest-get-timezone': command({}, () => ({ zone: 'UTC', offset: 0 })),
  'guest-get-host-name': command({}, ({ system }) => ({ 'host-name': system.hostname() })),
  'guest-get-osinfo': command({}, ({ system }) => osInfo(system)),
  'guest-get-load': command({}, ({ system }) => {
    const [load1m, load5m, load15m] = system.load();
    return { load1m, load5m, load15m };
  }),
  // Nobody logs in as systemd or utmp would record it.
  'guest-get-users': command({}, () => []),
  'guest-network-get-interfaces': command({}, ({ system }) =>
    Object.entries(system.interfaces()).map(([name, addresses = []]) => networkInterface(name, addresses)),
  ),
};

function osInfo({ kernel, osRelease }: Machine['system']): object {
  const { release, version, machine } = kernel();
  return { 'kernel-release': release, 'kernel-version': version, machine, ...osReleaseFields(osRelease()) };
}

function networkInterface(name: string, addresses: readonly NetworkInterfaceInfo[]): object {
  const [first] = addresses;
  return {
    name,
    ...(first && !first.internal && { 'hardware-address': first.mac }),
    'ip-addresses': addresses.map(({ address, family, cidr }) => ({
      'ip-address': address,
      'ip-address-type': family === 'IPv6' ? 'ipv6' : 'ipv4',
      prefix: Number(cidr?.split('/')[1] ?? 0),
    })),
  };
}
