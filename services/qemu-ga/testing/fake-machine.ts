import type { Machine } from '../commands/machine.ts';

/** A machine with one disk, whose calls are in `done`. */
export function fakeMachine(done: string[] = []): Machine {
  let isFrozen = false;
  return {
    end: async (ending) => void done.push(ending),
    disks: {
      get isFrozen() {
        return isFrozen;
      },
      freeze: async (points) => {
        done.push(`freeze ${points ?? 'all'}`);
        isFrozen = true;
        return 1;
      },
      thaw: () => {
        isFrozen = false;
        return 1;
      },
      trim: async () => [
        { path: '/var', result: { bytes: 4096 } },
        { path: '/old', result: { error: 'Cannot trim' } },
      ],
      list: async () => [
        { source: '/dev/vda1', type: 'ext4', mountPoint: '/var', usedBytes: 10n, totalBytes: 2n ** 60n + 1n },
      ],
    },
    clock: {
      now: () => 1_767_225_600_000_000_001n,
      set: (ns) => void done.push(`clock ${ns}`),
      takeHardware: () => void done.push('clock from hardware'),
    },
    system: {
      hostname: () => 'web-1',
      interfaces: () => ({
        eth0: [
          {
            address: '10.0.2.15',
            netmask: '255.255.255.0',
            family: 'IPv4',
            cidr: '10.0.2.15/24',
            mac: '52:54:00:12:34:56',
            internal: false,
          },
        ],
        lo: [
          {
            address: '::1',
            netmask: 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
            family: 'IPv6',
            cidr: '::1/128',
            scopeid: 0,
            mac: '00:00:00:00:00:00',
            internal: true,
          },
        ],
      }),
      load: () => [0.5, 0.25, 0],
      kernel: () => ({ release: '6.12.1', version: '#1 SMP', machine: 'x86_64' }),
      osRelease: () => 'NAME="Kit \\"x\\""\nID=kit\n# VERSION=1\nVERSION_ID=\'3\'\n',
    },
  };
}
