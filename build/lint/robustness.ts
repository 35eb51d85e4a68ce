import type { VolumeEntry } from '../manifest/types.ts';
import { powersOf } from '../spec/containment/powers.ts';
import type { EffectiveEntry } from '../spec/effective-entry.ts';
import { firewallConfig, hasFirewall, isOpen } from '../spec/firewall.ts';
import { probeOf } from '../spec/runtime.ts';
import { entryRule, isWritable, type Rule, type Subject, type Subjects } from './rule.ts';

/** Rules about robustness. They judge what counts in the end: manifest, label, defaults. */
export const robustnessRules: readonly Rule[] = [
  entryRule(
    {
      name: 'no-memory-limit',
      why: 'if it leaks memory, the OOM killer may kill another service',
      instead: 'resources: {memory: {limit: 134217728}}',
    },
    ({ section, effective, isKitPackage }, { reader }) =>
      section === 'services' && !isKitPackage && !hasMemoryLimit(effective, reader)
        ? { what: 'has no memory limit' }
        : undefined,
  ),
  entryRule(
    {
      name: 'writable-root',
      why: 'files written there use memory, are lost at the next boot, and may be programs of an attacker',
      instead: 'readonly: true, and a tmpfs or a volume where it writes: tmpfs: [/tmp]',
    },
    ({ section, effective, isKitPackage }) =>
      section === 'services' && !isKitPackage && !effective.readonly
        ? { what: 'has a writable root file system' }
        : undefined,
  ),
  entryRule(
    {
      name: 'no-ready',
      why: 'services that wait for it start as soon as it runs, possibly before it accepts requests',
      instead: 'ready: {tcp: 80}',
    },
    ({ section, value: { name }, effective }, { entries }) => {
      const waiting = entries.find((other) => other.effective.after?.includes(name));
      if (section !== 'services' || probeOf(effective) || !waiting) return undefined;
      return { what: `has no ready probe, and "${waiting.value.name}" waits for it` };
    },
  ),
  entryRule(
    {
      name: 'port-behind-firewall',
      why: 'the firewall drops what comes to it from outside',
      instead: 'ports: ["80/tcp"], or another probe if only the machine itself uses the port',
    },
    ({ section, value, effective }, { manifest }) => {
      const { net } = effective;
      const ready = probeOf(effective);
      const port = ready?.tcp ?? ready?.http?.port;
      if (section !== 'services' || port === undefined || net === 'new' || !hasFirewall(manifest))
        return undefined;
      const open = firewallConfig({
        network: manifest.network,
        services: manifest.services,
        control: undefined,
      });
      if (!open || isOpen(open, port, 'tcp')) return undefined;
      return { what: `listens on port ${port}, which is not in the ports of "${value.name}"` };
    },
  ),
  entryRule(
    {
      name: 'unwritable-volume',
      why: 'what it writes there fails: on a disk, the folder of a volume is made for root',
      instead: 'volumes: [{name: data, disk: main, uid: 999, gid: 999}]',
    },
    ({ effective }, { manifest }) => {
      const { uid } = effective;
      if (typeof uid !== 'number' || uid === 0 || bypassesModes(effective)) return undefined;
      const volume = manifest.volumes.find(({ value }) => isOfRoot(value, effective));
      return volume && { what: `runs as ${uid} and binds volume "${volume.value.name}"` };
    },
  ),
  entryRule(
    {
      name: 'hostname-without-uts',
      why: 'a host name needs a UTS namespace of its own; the container will not start',
      instead: 'uts: new',
    },
    ({ value: { hostname }, effective: { uts } }) =>
      hostname && ['', 'host', 'root'].includes(uts)
        ? { path: ['hostname'], what: 'has a host name, but no UTS namespace' }
        : undefined,
  ),
  entryRule(
    {
      name: 'shim-of-one',
      why: 'it is shared with services of the same `runtime.namespace` that have `shim: shared`, and there are none',
      instead: '`shim: shared` in another service, too, or `shim: own`',
    },
    ({ section, value: { name }, effective }, { entries }) =>
      section !== 'services' ||
      effective.shim === 'own' ||
      entries.some((other) => other.value.name !== name && sharesShim(other, effective))
        ? undefined
        : { what: 'shares its shim with no other service' },
  ),
  entryRule(
    {
      name: 'no-effect',
      why: 'only cgroup v1 supports it, and the machine uses v2',
      instead: 'remove it',
    },
    ({ value: { resources } }) => {
      const memory = ['kernel', 'kernelTCP', 'swappiness', 'disableOOMKiller'] as const;
      const key = memory.find((name) => resources?.memory?.[name] !== undefined);
      if (key) return { path: ['resources', 'memory', key], what: `sets memory.${key}` };
      const realtime = (['realtimeRuntime', 'realtimePeriod'] as const).find(
        (name) => resources?.cpu?.[name],
      );
      if (realtime) return { path: ['resources', 'cpu', realtime], what: `sets cpu.${realtime}` };
      return resources?.network
        ? { path: ['resources', 'network'], what: 'sets resources.network' }
        : undefined;
    },
  ),
];

const sharesShim = ({ section, effective }: Subject, { shim, runtime }: EffectiveEntry): boolean =>
  section === 'services' && effective.shim === shim && effective.runtime.namespace === runtime.namespace;

const bypassesModes = (entry: EffectiveEntry): boolean =>
  powersOf(entry).all || entry.capabilities.includes('CAP_DAC_OVERRIDE');

/** Whether it is a folder of root's on a disk, to which only root can write, and is bound for writing. */
const isOfRoot = ({ name, disk, uid = 0, mode }: VolumeEntry, { binds }: EffectiveEntry): boolean =>
  disk !== undefined && uid === 0 && mode === undefined && binds.some((bind) => isWritable(bind, name));

/** Its own, or that of the machine (kitRuntime). */
function hasMemoryLimit(entry: EffectiveEntry, reader: Subjects['reader']): boolean {
  const limit = entry.resources.memory?.limit;
  return limit === undefined ? reader === 'kit' && !powersOf(entry).all : limit > 0;
}
