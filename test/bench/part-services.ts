/** How Node's programs are given arguments. */
const node = ['/usr/bin/node', '--disable-warning=ExperimentalWarning', '/service/main.mjs'];

const byName = (...names: string[]): PartService[] => names.map((name) => ({ name, image: `pkg/${name}` }));

/** An entry of `services:`, whose name is that of its package. */
export interface PartService {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** Packages that are services and run as long as the machine, with what they need to do so alone. */
export const partServices: readonly PartService[] = [
  ...byName('dhcp', 'metrics', 'dns-cache', 'sshd', 'logwrite', 'memlogd', 'redis', 'postgres'),
  ...byName('nginx', 'registry', 'prometheus', 'auditd', 'host-timesync-daemon', 'influxdb', 'docker'),
  ...byName('podman', 'etcd', 'trim-after-delete'),
  { name: 'ntp', image: 'pkg/ntp', command: [...node, '--server', '127.0.0.1'], ready: 'none' },
  { name: 'syslog', image: 'pkg/syslog', env: ['SYSLOG_SERVER=tcp://127.0.0.1:6514'], ready: 'none' },
  // pkg/sshd has port 22.
  {
    name: 'openssh',
    image: 'pkg/openssh',
    command: ['/usr/lib/kit/start-sshd', '-p', '2222'],
    ready: 'none',
  },
  {
    name: 'vsudd',
    image: 'pkg/vsudd',
    command: ['/vsudd', '-inport', '2374:unix:/run/nothing'],
    ready: 'none',
  },
  { name: 'getty', image: 'pkg/getty', env: ['INSECURE=true'] },
];
