import { expect, test } from 'vitest';
import { type QemuSpec, qemuArguments } from './qemu-arguments.ts';

const spec: QemuSpec = {
  name: 't1',
  accel: 'tcg',
  cpus: 2,
  memoryMiB: 1024,
  publish: [
    { host: '127.0.0.1', hostPort: 2222, guestPort: 22, protocol: 'tcp' },
    { host: '0.0.0.0', hostPort: 5353, guestPort: 53, protocol: 'udp' },
  ],
  kernel: '/out/web-kernel',
  initrd: '/out/web-initrd.img',
  cmdline: 'console=ttyS0 panic=1',
  disks: [{ path: '/data/a,b.qcow2', format: 'qcow2', sizeBytes: undefined }],
  data: '/state/t1/data.iso',
};

test("QEMU's command line", () => {
  expect(qemuArguments(spec).join(' ').replaceAll(' -', '\n-')).toMatchInlineSnapshot(`
    "-name guest=t1
    -S
    -nodefaults
    -no-user-config
    -display none
    -machine q35,sata=off,smbus=off
    -accel tcg,thread=multi
    -smp 2
    -m 1024M
    -kernel /out/web-kernel
    -initrd /out/web-initrd.img
    -append console=ttyS0 panic=1
    -chardev socket,id=qmp,fd=4
    -mon chardev=qmp,mode=control
    -chardev socket,id=console,fd=3
    -device isa-serial,chardev=console
    -chardev socket,id=control,path=port.sock,server=on,wait=off
    -device virtio-serial-pci
    -device virtserialport,chardev=control,name=kit.control.0
    -object rng-builtin,id=rng
    -device virtio-rng-pci,rng=rng
    -netdev user,id=net,hostfwd=tcp:127.0.0.1:2222-:22,hostfwd=udp:0.0.0.0:5353-:53
    -device virtio-net-pci,netdev=net,romfile=
    -drive if=none,id=disk0,file=/data/a,,b.qcow2,format=qcow2
    -device virtio-blk-pci,drive=disk0
    -drive if=none,id=data,file=/state/t1/data.iso,format=raw,readonly=on
    -device virtio-blk-pci,drive=data"
  `);
});

test('with KVM the guest sees the real processor', () => {
  const text = qemuArguments({ ...spec, accel: 'kvm', disks: [], data: undefined, publish: [] }).join(' ');
  expect(text).toContain('-accel kvm -cpu host');
  expect(text).toContain('-netdev user,id=net -device');
  expect(text).not.toContain('-drive');
});
