import { entryRule, type Rule } from './rule.ts';

/** Capabilities that come close to being root of the machine (capabilities(7)). */
const powerful = ['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_BPF'];

const isAll = (names: readonly string[]): boolean => names.length === 1 && names[0]?.toLowerCase() === 'all';

/** What a container may do beyond its own affairs. Only what the manifest itself says counts. */
export const privilegeRules: readonly Rule[] = [
  entryRule(
    {
      name: 'all-capabilities',
      why: 'whoever breaks into it owns the machine',
      instead: 'name those that it needs: capabilities: [CAP_NET_BIND_SERVICE]',
    },
    ({ value }) =>
      isAll(value.capabilities ?? value['capabilities.add'] ?? [])
        ? { path: [value.capabilities ? 'capabilities' : 'capabilities.add'], what: 'has all capabilities' }
        : undefined,
  ),
  entryRule(
    {
      name: 'powerful-capability',
      why: 'with it a service that runs all the time is as good as root of the machine',
      instead: 'do what needs it in an onboot entry, or use a narrower capability',
    },
    ({ section, value }) => {
      const key = value.capabilities ? 'capabilities' : 'capabilities.add';
      const names = value[key] ?? [];
      const at = names.findIndex((name) => powerful.includes(name));
      return section === 'services' && at >= 0 ? { path: [key, at], what: `has ${names[at]}` } : undefined;
    },
  ),
  entryRule(
    {
      name: 'host-network',
      why: 'it sees every packet of the machine and every port on its loopback interface',
      instead:
        'net: new with runtime.interfaces, or leave net out if the address of the machine is all it needs',
    },
    ({ value: { net } }) =>
      net === 'host' || net === 'root' ? { path: ['net'], what: "is in the machine's network" } : undefined,
  ),
  entryRule(
    {
      name: 'host-pid',
      why: 'it sees and may end the processes of all others',
      instead: 'leave pid out: a container has processes of its own',
    },
    ({ value: { pid } }) =>
      pid === 'host' || pid === 'root'
        ? { path: ['pid'], what: 'shares the process ids of the machine' }
        : undefined,
  ),
  entryRule(
    {
      name: 'all-devices',
      why: 'it can read and write every disk',
      instead: 'name the devices: {path: /dev/kmsg, type: c, major: 1, minor: 11, mode: "0600"}',
    },
    ({ value: { devices = [] } }) => {
      const at = devices.findIndex(({ path, type }) => path === 'all' && type !== 'c');
      return at >= 0 ? { path: ['devices', at], what: 'may use all devices' } : undefined;
    },
  ),
  entryRule(
    {
      name: 'root-bind',
      why: 'it can change everything, the programs of others too',
      instead: 'bind the folders that it needs, or add the option ro',
    },
    ({ value }) => {
      const key = value.binds ? 'binds' : 'binds.add';
      const at = (value[key] ?? []).findIndex((bind) => isWritableRoot(bind));
      return at >= 0 ? { path: [key, at], what: 'has the whole root file system, for writing' } : undefined;
    },
  ),
];

function isWritableRoot(bind: string): boolean {
  const [source = '', , options = ''] = bind.split(':');
  return /^\/+$/.test(source) && !options.split(',').includes('ro');
}
