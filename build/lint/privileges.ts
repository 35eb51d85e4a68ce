import { posix } from 'node:path';
import type { EntryDefaults } from '../manifest/types.ts';
import { maskedPaths, readonlyPaths } from '../spec/containment/paths.ts';
import { entryRule, givenBy, isWritable, nameOf, type Rule } from './rule.ts';

/** Capabilities that are nearly equivalent to root on the machine (capabilities(7)). */
const powerful = ['CAP_SYS_ADMIN', 'CAP_SYS_MODULE', 'CAP_SYS_RAWIO', 'CAP_SYS_PTRACE', 'CAP_BPF'];

const isAll = (names: readonly string[]): boolean => names.length === 1 && names[0]?.toLowerCase() === 'all';

/**
 * Rules about access of a container to the rest of the machine: what the manifest and the labels of images
 * set counts, without those of kit's own packages.
 */
export const privilegeRules: readonly Rule[] = [
  entryRule(
    {
      name: 'all-capabilities',
      why: 'an attacker who takes it over has taken over the machine',
      instead: 'list those that it needs: capabilities: [CAP_NET_BIND_SERVICE]',
    },
    (subject) =>
      givenBy(subject, (fields) =>
        isAll(fields[capabilityKey(fields)] ?? [])
          ? { path: [capabilityKey(fields)], what: 'has all capabilities' }
          : undefined,
      ),
  ),
  entryRule(
    {
      name: 'powerful-capability',
      why: 'it is nearly equivalent to root on the machine, for as long as the service runs',
      instead: 'move what needs it to an onboot entry, or use a narrower capability',
    },
    (subject) =>
      givenBy(subject, (fields) => {
        const names = fields[capabilityKey(fields)] ?? [];
        const at = names.findIndex((name) => powerful.includes(name));
        const found = subject.section === 'services' && at >= 0;
        return found ? { path: [capabilityKey(fields), at], what: `has ${names[at]}` } : undefined;
      }),
  ),
  entryRule(
    {
      name: 'host-network',
      why: 'it reaches every port on the loopback interface of the machine and the abstract sockets of other services, and with CAP_NET_RAW it sees the traffic',
      instead:
        'net: new with runtime.interfaces; or remove net, if the address of the machine is all it needs',
    },
    (subject) =>
      givenBy(subject, ({ net }) =>
        net === 'host' || net === 'root' ? { path: ['net'], what: "is in the machine's network" } : undefined,
      ),
  ),
  entryRule(
    {
      name: 'host-pid',
      why: 'it can see and kill the processes of all other containers',
      instead: 'remove pid: the default is a PID namespace of its own',
    },
    (subject) =>
      givenBy(subject, ({ pid }) =>
        pid === 'host' || pid === 'root'
          ? { path: ['pid'], what: "is in the machine's PID namespace" }
          : undefined,
      ),
  ),
  entryRule(
    {
      name: 'all-devices',
      why: 'it can read and write every disk',
      instead: 'list them: devices: [{path: /dev/kmsg, type: c, major: 1, minor: 11, mode: "0600"}]',
    },
    (subject) =>
      givenBy(subject, ({ devices = [] }) => {
        const at = devices.findIndex(({ path, type }) => path === 'all' && type !== 'c');
        return at >= 0 ? { path: ['devices', at], what: 'has access to all devices' } : undefined;
      }),
  ),
  entryRule(
    {
      name: 'root-bind',
      why: 'it can change everything, including the programs of other containers',
      instead: 'bind only the folders that it needs, or add the option ro',
    },
    (subject) =>
      givenBy(subject, (fields) => {
        const key = fields.binds ? 'binds' : 'binds.add';
        const at = (fields[key] ?? []).findIndex((bind) => isWritable(bind, '/'));
        return at >= 0
          ? { path: [key, at], what: 'binds the root file system of the machine, writable' }
          : undefined;
      }),
  ),
  entryRule(
    {
      name: 'less-containment',
      why: 'an attacker who takes it over has more of the kernel and the machine to work with',
      instead: 'remove the key, or use a profile of its own: seccomp: ./profile.json',
    },
    (subject) => givenBy(subject, lifted),
  ),
  entryRule(
    {
      name: 'landlock-gap',
      why: 'an attacker who takes it over can put a program there and run it, and the other rules say little',
      instead: 'name the folders that it needs: landlock: {execute: [/usr], write: [/data]}',
    },
    (subject) => givenBy(subject, landlockGap),
  ),
  entryRule(
    {
      name: 'label-privileges',
      why: 'who publishes the image decides what it may do in the machine',
      instead: 'set the keys in the entry; kit build refuses the label without trustLabel: true',
    },
    ({ requests }) =>
      requests.length > 0
        ? {
            path: ['image'],
            what: `gets what a label asks for: ${requests.map(({ text }) => text).join('; ')}`,
          }
        : undefined,
  ),
  {
    name: 'shared-network',
    why: 'each reaches every port on the loopback interface of the machine and the abstract sockets of the others, and binds any port that is free',
    instead: 'net: new with runtime.interfaces where a service does not need it; or say so: net: root',
    find: ({ entries }) => {
      const sharing = entries.filter(({ section, effective, value, inherited, isKitPackage }) => {
        const said = value.net ?? inherited.net;
        return section === 'services' && !isKitPackage && !said && ['root', 'host'].includes(effective.net);
      });
      // One alone has nobody to share with but kit's own.
      const [first, second] = sharing;
      if (!first || !second) return [];
      const others = sharing.slice(1).map(({ value }) => `"${value.name}"`);
      return [{ at: first, what: `${nameOf(first)} shares the machine's network with ${others.join(', ')}` }];
    },
  },
];

const capabilityKey = (fields: EntryDefaults): 'capabilities' | 'capabilities.add' =>
  fields.capabilities ? 'capabilities' : 'capabilities.add';

/** A path that Landlock lets it write, which is everything or has programs that may be executed. */
function landlockGap({
  landlock,
}: EntryDefaults): { readonly path: string[]; readonly what: string } | undefined {
  const { write = [], execute = [] } = landlock ?? {};
  const path = ['landlock', 'write'];
  if (write.some((folder) => posix.resolve(folder) === '/')) return { path, what: 'may write everywhere' };
  const both = write.find((folder) =>
    execute.some((other) => contains(folder, other) || contains(other, folder)),
  );
  return both === undefined ? undefined : { path, what: `may write and execute ${both}` };
}

const contains = (folder: string, path: string): boolean =>
  `${posix.resolve(path)}/`.startsWith(posix.resolve(folder) === '/' ? '/' : `${posix.resolve(folder)}/`);

/** A default of containment that is taken away, without any capability that would need it. */
function lifted(fields: EntryDefaults): { readonly path: string[]; readonly what: string } | undefined {
  const { seccomp, noNewPrivileges } = fields;
  if (seccomp === 'unconfined') return { path: ['seccomp'], what: 'has no filter of system calls' };
  if (noNewPrivileges === false)
    return { path: ['noNewPrivileges'], what: 'may gain privileges by set-user-ID programs' };
  const shown = maskedPaths.find((path) => fields.maskedPaths && !fields.maskedPaths.includes(path));
  if (shown) return { path: ['maskedPaths'], what: `sees ${shown}` };
  const open = readonlyPaths.find((path) => fields.readonlyPaths && !fields.readonlyPaths.includes(path));
  return open ? { path: ['readonlyPaths'], what: `may write ${open}` } : undefined;
}
