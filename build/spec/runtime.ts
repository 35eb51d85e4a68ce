import { constants } from 'node:os';
import {
  defaultNamespace,
  type Mount,
  type ReadyProbe,
  type RuntimeConfig,
  type Supervision,
} from '../../lib/bundle/bundle.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import { everyItem, everyPart, FieldError } from './field-error.ts';
import type { Settled } from './settle.ts';

/** runtime.json for whichever init: kit's reads the key `kit` and wants mounts written out in full. */
export interface BundleRuntime extends Omit<RuntimeConfig, 'mounts' | 'kit'> {
  readonly mounts: readonly GivenMount[];
  readonly kit?: Supervision;
}

/** A mount of runtime.json as it was written. */
export type GivenMount = Pick<Mount, 'destination'> & Partial<Mount>;

/** The six keys of LinuxKit, empty values written out, mounts as they were given. @throws FieldErrors */
export function linuxkitRuntime({ runtime }: Settled): BundleRuntime {
  return {
    cgroups: runtime.cgroups,
    mounts: everyItem(runtime.mounts, withDestination),
    mkdir: runtime.mkdir,
    interfaces: runtime.interfaces.map(({ name = '', createInRoot = false, ...rest }) => ({
      name,
      ...rest,
      createInRoot,
    })),
    bindNS: runtime.bindNS,
    namespace: runtime.namespace,
  };
}

/** The same with everything settled that kit's init would have to think about. @throws FieldErrors */
export function kitRuntime(entry: Settled, services: ReadonlySet<string>): RuntimeConfig {
  const { runtime, kit } = everyPart({
    runtime: () => linuxkitRuntime(entry),
    kit: () => supervision(entry, services),
  });
  return {
    ...runtime,
    namespace: runtime.namespace || defaultNamespace,
    mounts: everyItem(runtime.mounts, fullMount),
    kit,
  };
}

type WrittenMount = Settled['runtime']['mounts'][number];

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
    restart: entry.restart,
    after: entry.after.filter((name) => services.has(name)),
    ready: entry.ready ? probe(entry.ready) : null,
    stopSignal: signalName(entry.stopSignal),
    stopTimeoutMs: milliseconds(entry.stopTimeout),
    onFailure: entry.onFailure,
    timeoutMs: milliseconds(entry.timeout),
    ociRuntime: entry.ociRuntime,
  };
}

function probe({ http, log, ...other }: NonNullable<Settled['ready']>): ReadyProbe {
  if (other.exec?.length === 0) throw new FieldError(['ready', 'exec'], 'ready.exec names no program');
  if (log !== undefined) checkPattern(log);
  return {
    ...other,
    ...(http && { http: { port: http.port, path: http.path ?? '/' } }),
    ...(log !== undefined && { log }),
  };
}

/** Here, where a person sees it, and not in the guest. */
function checkPattern(source: string): void {
  try {
    new RegExp(source, 'u');
  } catch (thrown) {
    throw new FieldError(['ready', 'log'], `"${source}" is no regular expression: ${reasonOf(thrown)}`);
  }
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
