import { entryRule, type Rule } from './rule.ts';

/** Capabilities that are nearly equivalent to root on the machine (capabilities(7)). */
const powerful = ['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_BPF'];

const isAll = (names: readonly string[]): boolean => names.length === 1 && names[0]?.toLowerCase() === 'all';

/**
 * Rules about access of a container to the rest of the machine. Only what the manifest itself sets counts.
 */
export const privilegeRules: readonly Rule[] = [
  entryRule(
    {
      name: 'all-capabilities',
      why: 'an attacker who takes it over has taken over the machine',
      instead: 'list those that it needs: capabilities: [CAP_NET_BIND_SERVICE]',
    },
    ({ value }) =>
      isAll(value.capabilities ?? value['capabilities.add'] ?? [])
        ? { path: [value.capabilities ? 'capabilities' : 'capabilities.add'], what: 'has all capabilities' }
        : undefined,
  ),
  entryRule(
    {
      name: 'powerful-capability',
      why: 'it is nearly equivalent to root on the machine, for as long as the service runs',
      instead: 'move what needs it to an onboot entry, or use a narrower capability',
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
      why: 'it can see the traffic of the machine, and reach every port on its loopback interface',
      instead:
        'net: new with runtime.interfaces; or remove net, if the address of the machine is all it needs',
    },
    ({ value: { net } }) =>
      net === 'host' || net === 'root' ? { path: ['net'], what: "is in the machine's network" } : undefined,
  ),
  entryRule(
    {
      name: 'host-pid',
      why: 'it can see and kill the processes of all other containers',
      instead: 'remove pid: the default is a PID namespace of its own',
    },
    ({ value: { pid } }) =>
      pid === 'host' || pid === 'root'
        ? { path: ['pid'], what: "is in the machine's PID namespace" }
        : undefined,
  ),
  entryRule(
    {
      name: 'all-devices',
      why: 'it can read and write every disk',
      instead: 'list them: devices: [{path: /dev/kmsg, type: c, major: 1, minor: 11, mode: "0600"}]',
    },
    ({ value: { devices = [] } }) => {
      const at = devices.findIndex(({ path, type }) => path === 'all' && type !== 'c');
      return at >= 0 ? { path: ['devices', at], what: 'has access to all devices' } : undefined;
    },
  ),
  entryRule(
    {
      name: 'root-bind',
      why: 'it can change everything, including the programs of other containers',
      instead: 'bind only the folders that it needs, or add the option ro',
    },
    ({ value }) => {
      const key = value.binds ? 'binds' : 'binds.add';
      const at = (value[key] ?? []).findIndex((bind) => isWritableRoot(bind));
      return at >= 0
        ? { path: [key, at], what: 'binds the root file system of the machine, writable' }
        : undefined;
    },
  ),
];

function isWritableRoot(bind: string): boolean {
  const [source = '', , options = ''] = bind.split(':');
  return /^\/+$/.test(source) && !options.split(',').includes('ro');
}
