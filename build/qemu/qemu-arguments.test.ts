import { describe, expect, test } from 'vitest';
import type { BootMedia, RootMedium } from '../media/boot-media.ts';
import { type QemuSpec, qemuArguments } from './qemu-arguments.ts';
import { shareArguments } from './share/share-arguments.ts';

const kernel = { kind: 'kernel', kernel: '/o/web-kernel', initrd: '/o/web-initrd.img' } as const;
const cmdline = 'console=ttyS0 panic=1';

const spec: QemuSpec = {
  ...{ name: 't1', arch: 'amd64', accel: 'tcg', cpus: 2, memoryMiB: 1024 },
  publish: [
    { host: '127.0.0.1', hostPort: 2222, guestPort: 22, protocol: 'tcp' },
    { host: '0.0.0.0', hostPort: 5353, guestPort: 53, protocol: 'udp' },
  ],
  networking: { kind: 'user' },
  ports: [],
  boot: { ...kernel, cmdline, root: null },
  firmware: undefined,
  disks: [{ path: '/data/a,b.qcow2', format: 'qcow2', sizeBytes: undefined }],
  shares: [],
  data: '/state/t1/data.iso',
  ...{ cd: undefined, hardware: undefined, smbios: [] },
  usb: false,
  tpm: false,
  guestAgent: true,
  devices: [],
  sandbox: true,
};

const text = (change: Partial<QemuSpec>): string => qemuArguments({ ...spec, ...change }).join(' ');

test("QEMU's command line", () => {
  expect(text({}).replaceAll(' -', '\n-')).toMatchInlineSnapshot(`
    "-name guest=t1
    -S
    -action reboot=shutdown,shutdown=pause
    -nodefaults
    -no-user-config
    -display none
    -sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny
    -machine q35,sata=off,smbus=off
    -accel tcg,thread=multi
    -smp 2
    -m 1024M
    -chardev socket,id=qmp,fd=4
    -mon chardev=qmp,mode=control
    -chardev socket,id=console,fd=3
    -serial chardev:console
    -chardev socket,id=control,path=port.sock,server=on,wait=off
    -device virtio-serial-pci
    -device virtserialport,chardev=control,name=kit.control.0
    -chardev socket,id=agent,path=guest-agent.sock,server=on,wait=off
    -device virtserialport,chardev=agent,name=org.qemu.guest_agent.0
    -object rng-builtin,id=rng
    -device virtio-rng-pci,rng=rng
    -netdev user,id=net,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=udp:0.0.0.0:5353-:53
    -device virtio-net-pci,netdev=net,romfile=
    -kernel /o/web-kernel
    -initrd /o/web-initrd.img
    -append no_timer_check console=ttyS0 panic=1
    -drive if=none,id=disk0,file=/data/a,,b.qcow2,format=qcow2,discard=unmap
    -device virtio-blk-pci,drive=disk0
    -drive if=none,id=data,file=/state/t1/data.iso,format=raw,readonly=on
    -device virtio-blk-pci,drive=data"
  `);
});

test('a machine without a guest agent has no port for one', () => {
  expect(text({ guestAgent: false })).not.toContain('agent');
});

test('a broken QEMU starts no program; only a bridge takes its setuid helper', () => {
  expect(text({ networking: { kind: 'tap', interface: 'tap0' } })).toContain('spawn=deny');
  const bridge = text({ networking: { kind: 'bridge', bridge: 'br0', helper: '/h' } });
  expect(bridge).toContain('elevateprivileges=allow,spawn=allow,resourcecontrol=deny');
  expect(text({ sandbox: false })).not.toContain('sandbox');
});

test("with KVM the guest gets the host's processor model", () => {
  const alone = text({ accel: 'kvm', disks: [], data: undefined, publish: [] });
  expect(alone).toContain('-accel kvm -cpu host');
  expect(alone).toContain('-netdev user,id=net -device');
  expect(alone).not.toContain('-drive');
});

test.each([
  ['amd64', 'tcg', 'no_timer_check console=ttyS0 -- --init-option'],
  ['amd64', 'kvm', 'console=ttyS0 -- --init-option'],
  ['arm64', 'tcg', 'console=ttyS0 -- --init-option'],
] as const)('the command line of a kernel for %s with %s', (arch, accel, expected) => {
  const boot = { ...kernel, cmdline: 'console=ttyS0 -- --init-option', root: null };
  const args = qemuArguments({ ...spec, arch, accel, boot });
  expect(args[args.indexOf('-append') + 1]).toBe(expected);
});

describe('boot media', () => {
  const rooted = (bus: RootMedium['bus']): BootMedia => ({
    ...{ ...kernel, initrd: null, cmdline: 'root=x' },
    root: { path: '/o/web-squashfs.img', bus },
  });
  const readOnly = 'format=raw,readonly=on';
  const file = `file=/o/web-squashfs.img,${readOnly}`;
  const virtio = '-device virtio-blk-pci,drive=boot,bootindex=0';
  test.each<[string, BootMedia, string]>([
    [
      'a squashfs on virtio',
      rooted('virtio'),
      `-drive if=none,id=root,${file} -device virtio-blk-pci,drive=root`,
    ],
    ['a squashfs on SATA', rooted('sata'), `-drive if=none,id=root,${file} -device ide-hd,drive=root`],
    [
      'a root on CD',
      rooted('cd'),
      `-drive if=none,id=root,media=cdrom,${file} -device ide-cd,bus=ide.0,drive=root`,
    ],
    [
      'a disk, without writing to it',
      { kind: 'disk', path: '/o/web.vhd', format: 'vhd', firmware: 'bios', writable: false },
      `-drive if=none,id=boot,file=/o/web.vhd,format=vpc,snapshot=on ${virtio}`,
    ],
    [
      'a disk that is written to',
      { kind: 'disk', path: '/o/web,1.qcow2', format: 'qcow2', firmware: 'bios', writable: true },
      `-drive if=none,id=boot,file=/o/web,,1.qcow2,format=qcow2 ${virtio}`,
    ],
    [
      'an ISO',
      { kind: 'iso', path: '/o/web.iso', firmware: 'bios' },
      `-drive if=none,id=boot,media=cdrom,file=/o/web.iso,${readOnly} -device ide-cd,bus=ide.0,drive=boot,bootindex=0`,
    ],
    [
      'an EFI program',
      { kind: 'efi', path: '/o/web.efi' },
      `-drive if=none,id=boot,${readOnly},file.driver=vvfat,file.dir=esp ${virtio}`,
    ],
  ])('%s', (_title, boot, options) => {
    const line = text({ boot });
    expect(line).toContain(options);
    // The boot medium is the guest's first disk.
    expect(line.indexOf(options)).toBeLessThan(line.indexOf('drive=disk0'));
    expect(line.includes('sata=off')).toBe(!options.includes('ide-'));
    expect(line.includes('-kernel')).toBe(boot.kind === 'kernel');
  });
});

test('UEFI firmware, with its variables in a second chip', () => {
  expect(text({ firmware: { code: '/t/CODE.fd', vars: '/m/vars.fd' } })).toContain(
    [
      '-drive if=pflash,unit=0,format=raw,file=/t/CODE.fd,readonly=on',
      '-drive if=pflash,unit=1,format=raw,file=/m/vars.fd',
    ].join(' '),
  );
  const own = text({ firmware: { code: '/m/vars.fd', vars: undefined } });
  expect(own).toContain('-drive if=pflash,unit=0,format=raw,file=/m/vars.fd -chardev');
});

test('arm64 has its own machine type, and no IDE', () => {
  const line = text({ arch: 'arm64', boot: { kind: 'iso', path: '/o/web-efi.iso', firmware: 'uefi' } });
  expect(line).toContain('-machine virt,gic-version=max -accel tcg,thread=multi -cpu cortex-a57');
  expect(line).toContain('-serial chardev:console');
  expect(line).toContain('virtio-blk-pci,drive=boot,bootindex=0');
  expect(line).not.toContain('ide-');
});

describe('hardware of clouds', () => {
  const boot = {
    kind: 'disk',
    path: '/o/web.raw',
    format: 'raw',
    firmware: 'bios',
    writable: false,
  } as const;
  const disks = [{ path: '/d', format: 'raw', sizeBytes: undefined, serial: 'kit-data' }] as const;
  test.each([
    ['aws', 'manufacturer=Amazon EC2,', 'nvme', 'nvme,drive=boot,serial=boot,bootindex=0'],
    ['gcp', 'product=Google Compute Engine,', 'scsi-hd', 'scsi-hd,drive=boot,bootindex=0'],
    ['azure', 'asset=7783-7084-3265-9085-8269-3286-77', 'scsi-hd', 'ide-hd,drive=boot,bootindex=0'],
    ['openstack', 'product=OpenStack Nova,', 'virtio-blk-pci', 'virtio-blk-pci,drive=boot,bootindex=0'],
  ] as const)('%s', (hardware, texts, device, first) => {
    const line = text({ hardware, boot, disks, smbios: ['type=1,serial=1'] });
    expect(line).toContain(texts);
    // What the user sets comes last: QEMU takes that.
    expect(line.indexOf('type=1,serial=1')).toBeGreaterThan(line.indexOf(texts));
    expect(line).toContain(`-device ${first}`);
    expect(line).toContain(`-device ${device},drive=disk0,serial=kit-data`);
    expect(line.includes('virtio-scsi-pci')).toBe(device === 'scsi-hd');
    expect(line.includes('sata=off')).toBe(hardware !== 'azure');
  });

  test('a server: AHCI, a card of Intel, USB with its metadata, a management controller, SMBus', () => {
    const line = text({ hardware: 'server', boot, disks: [...disks, ...disks], usb: true, cd: '/o/s.iso' });
    expect(line).toContain('-machine q35 -accel');
    expect(line).toContain('-device e1000e,netdev=net,romfile=');
    expect(line).toContain('-device ide-hd,drive=boot,bootindex=0');
    expect(line).toContain('-device ide-cd,bus=ide.1,drive=cd');
    expect(line).toContain('-device ide-hd,bus=ide.2,drive=disk0,serial=kit-data');
    expect(line).toContain('-device ide-hd,bus=ide.3,drive=disk1,serial=kit-data');
    expect(line).toContain('-device ipmi-bmc-sim,id=bmc -device isa-ipmi-kcs,bmc=bmc');
    expect(line.match(/-device qemu-xhci/g)).toHaveLength(1);
    expect(line.indexOf('qemu-xhci')).toBeLessThan(line.indexOf('-device usb-storage,drive=data'));
  });

  test('a disc; on arm64, which has no SATA, it and disks are SCSI', () => {
    const drive = '-drive if=none,id=cd,media=cdrom,file=/o/seed.iso,format=raw,readonly=on';
    const line = text({ cd: '/o/seed.iso' });
    expect(line).toContain(`${drive} -device ide-cd,bus=ide.1,drive=cd`);
    expect(line).not.toContain('sata=off');
    const arm = text({ cd: '/o/seed.iso', arch: 'arm64', hardware: 'azure', boot });
    expect(arm).toContain(`${drive} -device scsi-cd,drive=cd`);
    expect(arm.match(/virtio-scsi-pci/g)).toHaveLength(1);
    expect(arm).not.toContain('ide-');
  });
});

test('folders of the host: over virtiofs, with memory that virtiofsd can map, and over 9p', () => {
  const command = { file: 'virtiofsd', args: [], env: {} };
  const shares = [
    { path: '/a', tag: 'one', readOnly: true, commands: [command] },
    { path: '/d', tag: 'three', readOnly: false, commands: [] },
  ];
  const line = text({ shares });
  const memory = '-object memory-backend-memfd,id=memory,size=1024M,share=on';
  expect(line).toContain(`-machine q35,sata=off,smbus=off,memory-backend=memory ${memory} -accel`);
  const local = 'security_model=none,multidevs=remap';
  const started = shareArguments([
    { path: '/a', tag: 'one', readOnly: true, over: 'virtiofs' },
    { path: '/b,c', tag: 'two', readOnly: true, over: '9p' },
    { path: '/d', tag: 'three', readOnly: false, over: '9p' },
  ]);
  expect(started.join(' ')).toBe(
    [
      '-chardev socket,id=share0,path=share0.sock -device vhost-user-fs-pci,chardev=share0,tag=one',
      `-fsdev local,id=share1,path=/b,,c,${local},readonly=on`,
      '-device virtio-9p-pci,fsdev=share1,mount_tag=two',
      `-fsdev local,id=share2,path=/d,${local} -device virtio-9p-pci,fsdev=share2,mount_tag=three`,
    ].join(' '),
  );
  expect(text({ shares, arch: 'arm64' })).toContain(`gic-version=max,memory-backend=memory ${memory} -accel`);
  expect(text({ shares: shares.slice(1) })).not.toContain('memory-backend');
});

test('networks, USB and more devices', () => {
  expect(text({ networking: { kind: 'none' } })).not.toContain('net');
  const tap = text({ networking: { kind: 'tap', interface: 'tap0' } });
  expect(tap).toContain('-netdev tap,id=net,ifname=tap0,script=no,downscript=no -device virtio-net-pci');
  expect(tap).toMatch(/virtio-net-pci,netdev=net,romfile=,mac=52:54:00(:[0-9a-f]{2}){3} /);
  expect(text({ networking: { kind: 'bridge', bridge: 'br0', helper: '/h' } })).toContain('br=br0,helper=/h');
  expect(text({ tpm: true })).toContain(
    '-chardev socket,id=tpm,fd=5 -tpmdev emulator,id=tpm,chardev=tpm -device tpm-crb,tpmdev=tpm',
  );
  expect(text({ tpm: true, arch: 'arm64' })).toContain('-device tpm-tis-device,tpmdev=tpm');
  expect(text({ usb: true, devices: ['usb-tablet', 'edu'] })).toMatch(
    /-device qemu-xhci -device usb-tablet -device edu$/,
  );
});
