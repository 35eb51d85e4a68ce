import type { Counterpart, LinuxkitPackage } from './counterpart.ts';

const pkg = (name: string, differs?: string): Counterpart => ({
  kind: 'package',
  name,
  ...(differs === undefined ? {} : { differs }),
});
const builtIn = (why: string, where: string): Counterpart => ({ kind: 'built-in', why, where });
const needless = (why: string, where: string): Counterpart => ({ kind: 'needless', why, where });
const debian = (packages: string): Counterpart => ({ kind: 'debian', packages });
const none = (instead: string): Counterpart => ({ kind: 'none', instead });

const sameProgram = 'the same program, with the same arguments ([disk-packages.md](disk-packages.md))';

const desktop = none(
  "it is a part of Docker Desktop's own network; kit run --publish and kit forward bring ports of a machine to the host",
);

/**
 * Every package of LinuxKit (its folder pkg/), and `kernel`: what kit has for it. `kit migrate`, `kit lint`,
 * the error for an image that cannot be had and docs/parts.md are made of this.
 */
export const linuxkitPackages: Readonly<Record<string, LinuxkitPackage>> = {
  acpid: {
    does: 'powers off when the power button is pressed',
    ours: [builtIn('PID 1 obeys the power button', 'init/host/power-button.ts')],
  },
  auditd: { does: "the daemon of the kernel's audit", ours: [pkg('auditd')] },
  binfmt: {
    does: 'runs programs of other architectures by QEMU',
    ours: [pkg('binfmt'), debian('qemu-user-static')],
  },
  bpftrace: { does: 'traces the kernel', ours: [pkg('bpftrace')] },
  'ca-certificates': { does: 'the authorities that sign certificates', ours: [pkg('ca-certificates')] },
  cadvisor: {
    does: "figures of Docker's containers",
    ours: [
      pkg(
        'metrics',
        "it has figures of the machine's services, for Prometheus on port 9100; containers of a Docker engine are one service to it",
      ),
    ],
  },
  containerd: {
    does: 'runs the services',
    ours: [pkg('containerd')],
    remark: 'pkg/supervisor beside it starts the services, and starts them again',
  },
  dhcpcd: { does: 'DHCP', ours: [pkg('dhcp')] },
  'dm-crypt': { does: 'opens an encrypted device', ours: [pkg('dm-crypt')], remark: sameProgram },
  dummy: {
    does: "nothing: it is for LinuxKit's tests",
    ours: [none('it is for the tests of LinuxKit itself')],
  },
  extend: { does: 'grows a partition and its file system', ours: [pkg('extend')], remark: sameProgram },
  firmware: {
    does: "firmware that the kernel's drivers load",
    ours: [
      needless(
        'pkg/kernel-metal has the firmware that drivers of servers name; those of pkg/kernel load none',
        'docs/kernel.md',
      ),
    ],
  },
  'firmware-all': {
    does: 'all firmware of Linux',
    ours: [
      needless(
        'pkg/kernel-metal has the firmware that drivers of servers name; those of pkg/kernel load none',
        'docs/kernel.md',
      ),
    ],
  },
  format: { does: 'a partition with a file system', ours: [pkg('format')], remark: sameProgram },
  getty: { does: 'logins on the consoles', ours: [pkg('getty')] },
  'host-timesync-daemon': {
    does: 'takes the time of the host when it asks for that',
    ours: [
      pkg('host-timesync-daemon'),
      pkg('host-timesync'),
      none('pkg/ntp takes the time from the clock of the hypervisor (docs/time.md)'),
    ],
  },
  init: { does: 'PID 1', ours: [pkg('init')] },
  ip: { does: 'iproute2 and wireguard-tools', ours: [pkg('ip')] },
  kernel: { does: 'the kernel', ours: [pkg('kernel')] },
  kmsg: {
    does: "prints the kernel's log",
    ours: [builtIn("the kernel's log is with all others (kit logs MACHINE kernel)", 'docs/logging.md')],
  },
  logwrite: { does: 'writes the logs to files', ours: [pkg('logwrite')] },
  losetup: { does: 'attaches a file to a loop device', ours: [pkg('losetup')], remark: sameProgram },
  memlogd: {
    does: 'keeps the logs in memory',
    ours: [builtIn('the supervisor keeps the logs of all containers (kit logs)', 'docs/logging.md')],
    also: 'memlogd',
  },
  metadata: {
    does: 'the metadata of clouds',
    ours: [pkg('metadata-cloud')],
    remark: 'pkg/metadata is the same without clouds',
  },
  mkimage: {
    does: 'writes disk images, in a machine of its own',
    ours: [builtIn('kit build writes them itself, without a machine', 'docs/formats.md')],
  },
  modprobe: {
    does: 'loads modules of the kernel',
    ours: [
      pkg('modprobe'),
      none(
        'PID 1 loads the modules of all devices that there are; kernel.modules adds others to the image (docs/kernel.md)',
      ),
    ],
  },
  mount: { does: 'mounts a file system', ours: [pkg('mount')], remark: sameProgram },
  node_exporter: {
    does: 'figures of the machine for Prometheus',
    ours: [pkg('metrics')],
    remark: 'the names, types and labels of its figures are those of node_exporter (docs/health.md)',
  },
  'open-vm-tools': {
    does: "VMware's agent",
    ours: [debian('open-vm-tools')],
    remark:
      'kit has no package of it, since nothing but VMware answers it, to test it with; pkg/ntp takes the time of the hypervisor',
  },
  openntpd: { does: 'NTP', ours: [pkg('ntp')] },
  poweroff: {
    does: 'powers off after some seconds, in tests',
    ours: [
      pkg('poweroff'),
      none('kit shutdown and kit stop end a machine; examples of tests: docs/testing.md'),
    ],
  },
  'qemu-ga': {
    does: "QEMU's guest agent",
    ours: [pkg('qemu-ga'), none('kit exec, kit cp and kit shutdown reach a machine without an agent')],
  },
  rngd: {
    does: "feeds the kernel's random numbers",
    ours: [
      builtIn(
        'the kernel takes random numbers of the processor and of virtio-rng by itself',
        "the kernel's driver virtio_rng",
      ),
    ],
  },
  runc: {
    does: 'the OCI runtime',
    ours: [pkg('crun')],
    remark: 'services with `ociRuntime: runc` need pkg/runc beside it',
  },
  sshd: { does: 'logins by ssh', ours: [pkg('sshd')], remark: 'pkg/openssh is OpenSSH' },
  swap: { does: 'swap space', ours: [pkg('swap')], remark: sameProgram },
  sysctl: {
    does: 'settings of the kernel',
    ours: [pkg('sysctl')],
    remark:
      "kit's init sets what protects the kernel, and obeys /etc/sysctl.d, also without it (docs/security.md)",
  },
  sysfs: {
    does: 'writes to /sys: huge pages of memory for those who ask',
    ours: [pkg('sysfs')],
  },
  'trim-after-delete': {
    does: 'trims the disk when Docker has deleted an image',
    ours: [
      pkg('trim-after-delete'),
      builtIn('disks are trimmed once a week (`trim` of `disks:`)', 'docs/storage.md'),
    ],
  },
  tss: {
    does: 'the daemon of a TPM 1.2',
    ours: [
      pkg(
        'tss',
        'it has the programs of a TPM 2.0, which needs no daemon, and prints its properties once; `disks:` has keys of the TPM without it',
      ),
    ],
  },
  'vpnkit-expose-port': { does: "Docker Desktop's published ports", ours: [desktop] },
  'vpnkit-forwarder': { does: "Docker Desktop's published ports", ours: [desktop] },
  vsudd: {
    does: 'connects sockets of the machine with vsock',
    ours: [pkg('vsudd'), none('kit forward reaches ports of services, and kit exec the rest')],
  },
};
