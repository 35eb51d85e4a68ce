import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ModuleIndex } from '../../lib/bundle/modules.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { globMatches, modulesFor } from './module-aliases.ts';
import { loadDrivers } from './modules.ts';

const index: ModuleIndex = {
  release: '6.12',
  aliases: {
    pci: [['v00001AF4d*sv*sd*bc*sc*i*', 'virtio_pci']],
    virtio: [
      ['d00000001v*', 'virtio_net'],
      ['d00000004v*', 'virtio_rng'],
    ],
    'acpi*': [['PNP0C0C:*', 'button']],
    usb: [['v*p*d*dc*dsc*dp*ic08isc06ip[0-5]0in*', 'usb_storage']],
  },
  modules: {
    virtio_pci: { path: 'kernel/virtio_pci.ko.xz', needs: [] },
    failover: { path: 'kernel/failover.ko.xz', needs: [] },
    net_failover: { path: 'kernel/net_failover.ko.xz', needs: ['failover'] },
    virtio_net: { path: 'kernel/virtio_net.ko.xz', needs: ['net_failover', 'failover'] },
    button: { path: 'kernel/button.ko.xz', needs: ['absent'] },
  },
};

const devices = {
  '/usr/lib/modules/kit-index.json': JSON.stringify(index),
  '/sys/bus/pci/devices/0000:00:01.0/modalias': 'pci:v00001AF4d00001041sv0sd0bc02sc00i00\n',
  '/sys/bus/acpi/devices/PNP0C0C:00/modalias': 'acpi:PNP0C0C:\n',
  '/sys/bus/cpu/devices/cpu0/uevent': '',
};

test('modules are loaded after their dependencies, and for devices that appear through them', () => {
  const context = fakeContext(devices);
  const { system } = context;
  const plain = system.loadModule;
  system.loadModule = (path) => {
    if (path.endsWith('virtio_pci.ko.xz')) {
      context.disk.set('/sys/bus/virtio/devices/virtio0/modalias', 'virtio:d00000001v00001AF4\n');
      context.disk.set('/sys/bus/virtio/devices/virtio1/modalias', 'virtio:d00000004v00001AF4\n');
    }
    return plain(path);
  };
  expect(loadDrivers(context)).toBe('button, virtio_pci, failover, net_failover, virtio_net');
  expect(context.calls.map((line) => line.replace('module /usr/lib/modules/6.12/kernel/', ''))).toEqual([
    'button.ko.xz',
    'virtio_pci.ko.xz',
    'failover.ko.xz',
    'net_failover.ko.xz',
    'virtio_net.ko.xz',
  ]);
});

test('a module that fails is logged and tried once; one that finds no device is not mentioned', () => {
  const context = fakeContext({
    ...devices,
    '/sys/bus/acpi/devices/PNP0C0C:01/modalias': 'acpi:PNP0C0C:X\n',
  });
  context.failing.set('module /usr/lib/modules/6.12/kernel/button.ko.xz', new Error('ENOEXEC'));
  const noDevice = Object.assign(new Error('ENODEV'), { code: 'ENODEV' });
  context.failing.set('module /usr/lib/modules/6.12/kernel/virtio_pci.ko.xz', noDevice);
  expect(loadDrivers(context)).toBe('none needed');
  expect(context.shown).toEqual(['module button failed: ENOEXEC']);
  expect(context.calls).toHaveLength(2);
});

test('what needs a module that finds no device is not loaded either, without a word', () => {
  const context = fakeContext({
    ...devices,
    '/sys/bus/virtio/devices/virtio0/modalias': 'virtio:d00000001v1',
  });
  const noDevice = Object.assign(new Error('ENODEV'), { code: 'ENODEV' });
  context.failing.set('module /usr/lib/modules/6.12/kernel/failover.ko.xz', noDevice);
  expect(loadDrivers(context)).toBe('button, virtio_pci');
  expect(context.shown).toEqual([]);
  expect(context.calls.join()).not.toContain('virtio_net');
});

test('drivers of devices that appear later are loaded, until the modules are locked', () => {
  const context = fakeContext(devices);
  loadDrivers(context);
  context.calls.length = 0;
  context.devicesFound();
  expect([context.calls, context.shown]).toEqual([[], []]);
  context.disk.set('/sys/bus/virtio/devices/virtio0/modalias', 'virtio:d00000001v00001AF4');
  context.devicesFound();
  expect(context.calls).toHaveLength(3);
  expect(context.shown).toEqual(['drivers of new devices: failover, net_failover, virtio_net']);
  context.disk.set('/proc/sys/kernel/modules_disabled', '1');
  context.disk.set('/sys/bus/pci/devices/0000:00:02.0/modalias', 'pci:v00001AF4d00001041sv0sd0bc03sc00i00');
  context.devicesFound();
  expect(context.calls).toHaveLength(3);
});

test('a kernel that tells nothing of new devices still gets the drivers of those at boot', () => {
  const context = fakeContext(devices);
  context.system.watchDevices = () => {
    throw new Error('EPROTONOSUPPORT');
  };
  expect(loadDrivers(context)).toBe('button, virtio_pci');
  expect(context.shown).toEqual(['Cannot watch for new devices: EPROTONOSUPPORT']);
});

test.each([
  ['amd64 with KVM', 'kvm-clock tsc acpi_pm', ['ptp_kvm'], undefined],
  ['arm64, which a host without that clock refuses', 'arch_sys_counter', [], 'ENOTSUP'],
  ['another hypervisor', 'hyperv_clocksource_tsc_page tsc acpi_pm', [], undefined],
])('the driver of the clock of KVM, which no device names: %s', (_title, sources, loaded, code) => {
  const modules = { ptp_kvm: { path: 'kernel/ptp_kvm.ko.xz', needs: [] } };
  const context = fakeContext({
    '/usr/lib/modules/kit-index.json': JSON.stringify({ ...index, modules }),
    '/sys/devices/system/clocksource/clocksource0/available_clocksource': `${sources}\n`,
  });
  const call = 'module /usr/lib/modules/6.12/kernel/ptp_kvm.ko.xz';
  if (code) context.failing.set(call, Object.assign(new Error(code), { code }));
  expect(loadDrivers(context)).toBe(loaded.join(', ') || 'none needed');
  expect(context.shown).toEqual([]);
  expect(context.calls).toEqual(sources.includes('hyperv') ? [] : [call]);
});

test('of modules for processors, those for this one are loaded, and modprobe leaves the others alone', () => {
  const aliases = {
    cpu: [
      ['type:x86,ven*fam*mod*:feature:*0099*', 'aesni_intel'],
      ['type:x86,ven*fam*mod*:feature:*0089*', 'sha256_ssse3'],
      ['type:x86,ven*fam*mod*:feature:*00FF*', 'sha256_ssse3'],
      ['type:x86,ven0000fam*mod*:feature:*', 'coretemp'],
    ],
  } as const;
  const paths = ['aesni_intel', 'sha256_ssse3', 'coretemp'].map((name) => [
    name,
    { path: `${name}.ko.xz`, needs: [] },
  ]);
  const context = fakeContext({
    '/usr/lib/modules/kit-index.json': JSON.stringify({
      ...{ release: '6.12', aliases, modules: Object.fromEntries(paths) },
    }),
    '/sys/devices/system/cpu/modalias': 'cpu:type:x86,ven0002fam0019mod0001:feature:,0001,0089,0100\n',
  });
  expect(loadDrivers(context)).toBe('sha256_ssse3');
  expect(context.disk.get('/run/kit/modprobe.conf')).toBe('blacklist aesni_intel\nblacklist coretemp\n');
});

test('without an index nothing is loaded; a damaged one is an error', () => {
  expect(loadDrivers(fakeContext())).toContain('nothing is loaded');
  const damaged = fakeContext({ ...devices, '/usr/lib/modules/kit-index.json': '{' });
  expect(() => loadDrivers(damaged)).toThrow('Cannot read "/usr/lib/modules/kit-index.json"');
});

test.each([
  ['usb:v1234p5678d0100dc00dsc00dp00ic08isc06ip50in00', ['usb_storage']],
  ['usb:v1234p5678d0100dc00dsc00dp00ic08isc06ip60in00', []],
  ['acpi:PNP0C0C:', ['button']],
  ['virtio', []],
  ['constructor:x', []],
])('modules for %s', (modalias, modules) => {
  expect(modulesFor(modalias, index)).toEqual(modules);
});

test('a glob without wildcards matches only itself, and no glob or text makes the matcher throw', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (glob, text) => {
      globMatches(glob, text);
      if (!/[*?[]/.test(glob)) expect(globMatches(glob, text)).toBe(glob === text);
      expect(globMatches(`${text.replace(/[*?[]/g, '?')}*`, `${text}x`)).toBe(true);
    }),
  );
});
