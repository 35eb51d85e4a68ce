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

/** runtime.json of an entry, without the mounts that make its root file system. @throws FieldError */
export function runtimeConfig(entry: Settled, services: ReadonlySet<string>): RuntimeConfig {
  const {
    cgroups = [],
    mkdir = [],
    interfaces = [],
    bindNS = {},
    namespace = defaultNamespace,
    mounts = [],
  } = entry.runtime ?? {};
  return {
    cgroups,
    mounts: mounts.map(runtimeMount),
    mkdir,
    interfaces: interfaces.map(({ name = '', ...rest }) => ({ name, ...rest })),
    bindNS: { ...noNamespaces, ...bindNS },
    namespace,
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

type GivenMount = NonNullable<NonNullable<Settled['runtime']>['mounts']>[number];

function runtimeMount(mount: GivenMount, at: number): Mount {
  const { destination, type = mount.source ?? '', source = type, options = [] } = mount;
  if (!destination) throw new FieldError(['runtime', 'mounts', at], 'a mount needs a "destination"');
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
