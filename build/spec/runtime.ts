import { constants } from 'node:os';
import {
  defaultNamespace,
  type Mount,
  type NamespaceKind,
  type RuntimeConfig,
  type Supervision,
} from '../../lib/bundle/bundle.ts';
import { FieldError } from './field-error.ts';
import type { Settled } from './settle.ts';

/** runtime.json for whichever init: kit's reads the key `kit` and wants mounts written out in full. */
export interface BundleRuntime extends Omit<RuntimeConfig, 'mounts' | 'kit'> {
  readonly mounts: readonly GivenMount[];
  readonly kit?: Supervision;
}

/** A mount of runtime.json as it was written. */
export type GivenMount = Pick<Mount, 'destination'> & Partial<Mount>;

/** The six keys of LinuxKit, empty values written out, mounts as they were given. @throws FieldError */
export function linuxkitRuntime(entry: Settled): BundleRuntime {
  const { cgroups = [], mkdir = [], bindNS = {}, namespace = '' } = entry.runtime ?? {};
  const { interfaces = [], mounts = [] } = entry.runtime ?? {};
  return {
    cgroups,
    mounts: mounts.map(withDestination),
    mkdir,
    interfaces: interfaces.map(({ name = '', createInRoot = false, ...rest }) => ({
      name,
      ...rest,
      createInRoot,
    })),
    bindNS: { ...noNamespaces, ...bindNS },
    namespace,
  };
}

/** The same with everything settled that kit's init would have to think about. @throws FieldError */
export function kitRuntime(entry: Settled, services: ReadonlySet<string>): RuntimeConfig {
  const runtime = linuxkitRuntime(entry);
  return {
    ...runtime,
    namespace: runtime.namespace || defaultNamespace,
    mounts: runtime.mounts.map(fullMount),
    kit: supervision(entry, services),
  };
}

const noNamespaces: Record<NamespaceKind, string> = {
  cgroup: '',
  ipc: '',
  mnt: '',
  net: '',
  pid: '',
  user: '',
  uts: '',
};

type WrittenMount = NonNullable<NonNullable<Settled['runtime']>['mounts']>[number];

function withDestination(mount: WrittenMount, at: number): GivenMount {
  const { destination, type, source, options } = mount;
  if (!destination) throw new FieldError(['runtime', 'mounts', at], 'a mount needs a "destination"');
  return {
    destination,
    ...(type && { type }),
    ...(source && { source }),
    ...(options && options.length > 0 && { options }),
  };
}

function fullMount(mount: GivenMount, at: number): Mount {
  const { destination, type = mount.source ?? '', source = type, options = [] } = mount;
  if (!type) throw new FieldError(['runtime', 'mounts', at], 'a mount needs a "type"');
  return { destination, type, source, options };
}

/** @param services every service there is: a label may name some that this manifest does without */
function supervision(entry: Settled, services: ReadonlySet<string>): Supervision {
  return {
    restart: entry.restart ?? 'always',
    after: (entry.after ?? []).filter((name) => services.has(name)),
    ready: entry.ready ?? null,
    stopSignal: signalName(entry.stopSignal ?? 'SIGTERM'),
    stopTimeoutMs: milliseconds(entry.stopTimeout ?? '10s'),
    onFailure: entry.onFailure ?? 'continue',
    timeoutMs: milliseconds(entry.timeout ?? '0s'),
    ociRuntime: entry.ociRuntime ?? 'crun',
  };
}

function signalName(name: string): string {
  if (!Object.hasOwn(constants.signals, name))
    throw new FieldError(['stopSignal'], `no signal is called "${name}"`);
  return name;
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** `500ms`, `10s`, `2m`, `1h`; the table has checked the form. */
function milliseconds(text: string): number {
  const [, count = '0', unit = 's'] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  return Number(count) * (units[unit] ?? 1000);
}
