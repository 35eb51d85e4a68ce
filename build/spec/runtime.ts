import {
  defaultNamespace,
  type Mount,
  type ReadyProbe,
  type RuntimeConfig,
  type Supervision,
} from '../../lib/bundle/bundle.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import { signalName, signalNumber } from '../../lib/process/signals.ts';
import { powersOf } from './containment/powers.ts';
import type { EffectiveEntry, FieldOrigins } from './effective-entry.ts';
import { everyItem, everyPart, FieldError } from './field-error.ts';
import { livenessOf } from './liveness.ts';
import { milliseconds } from './milliseconds.ts';
import { machineDevices } from './oci/devices.ts';

/** runtime.json of a bundle. kit's init reads the key `kit`, and requires all fields of mounts. */
export interface BundleRuntime extends Omit<RuntimeConfig, 'mounts' | 'kit'> {
  readonly mounts: readonly RuntimeMount[];
  readonly kit?: Supervision;
}

/** A mount of runtime.json; LinuxKit's init accepts one without type, source and options. */
export type RuntimeMount = Pick<Mount, 'destination'> & Partial<Mount>;

/** LinuxKit's six keys, including empty values; mounts as written in the manifest. @throws FieldErrors */
export function linuxkitRuntime({ runtime }: EffectiveEntry): BundleRuntime {
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

/** For kit's init: the same with all defaults of mounts filled in, and the key `kit`. @throws FieldErrors */
export function kitRuntime(
  entry: EffectiveEntry,
  services: ReadonlySet<string>,
  origins: FieldOrigins,
): RuntimeConfig {
  const { runtime, kit } = everyPart({
    runtime: () => linuxkitRuntime(entry),
    kit: () => supervision(entry, services, origins),
  });
  return {
    ...runtime,
    namespace: runtime.namespace || defaultNamespace,
    mounts: everyItem(runtime.mounts, fullMount),
    kit,
  };
}

type ManifestMount = EffectiveEntry['runtime']['mounts'][number];

function withDestination(mount: ManifestMount, at: number): RuntimeMount {
  const { destination, type, source, options } = mount;
  if (!destination) throw new FieldError(['runtime', 'mounts', at], 'a mount needs a "destination"');
  return {
    destination,
    ...(type && { type }),
    ...(source && { source }),
    ...(options && options.length > 0 && { options }),
  };
}

function fullMount(mount: RuntimeMount, at: number): Mount {
  const { destination, type = mount.source ?? '', source = type, options = [] } = mount;
  if (!type) throw new FieldError(['runtime', 'mounts', at], 'a mount needs a "type"');
  return { destination, type, source, options };
}

/** @param services all services of the manifest: `after` in a label may name others, which are dropped */
function supervision(
  entry: EffectiveEntry,
  services: ReadonlySet<string>,
  origins: FieldOrigins,
): Supervision {
  const ready = probeOf(entry);
  const liveness = livenessOf(entry);
  const devices = machineDevices(entry.devices);
  return {
    restart: entry.restart,
    after: entry.after.filter((name) => services.has(name)),
    ready: ready ? probe(ready) : null,
    ...(liveness && { liveness }),
    stopSignal: signal(entry.stopSignal, origins),
    stopTimeoutMs: milliseconds(entry.stopTimeout),
    onFailure: entry.onFailure,
    timeoutMs: milliseconds(entry.timeout),
    ociRuntime: entry.ociRuntime,
    ...(takesMachineLimit(entry) && { limitMemory: true as const }),
    ...(devices.length > 0 && { devices }),
  };
}

/** As for the other limits: an entry with all capabilities has none that it does not ask for. */
const takesMachineLimit = (entry: EffectiveEntry): boolean =>
  entry.resources.memory?.limit === undefined && !powersOf(entry).all;

type Ready = Exclude<NonNullable<EffectiveEntry['ready']>, 'none'>;

/** The probe of an entry; undefined for none. */
export const probeOf = ({ ready }: Pick<EffectiveEntry, 'ready'>): Ready | undefined =>
  ready === 'none' ? undefined : ready;

/** The time 0 is the default, as for Docker. */
function probe({ http, log, interval = '0s', timeout = '0s', retries, ...other }: Ready): ReadyProbe {
  const [intervalMs, timeoutMs] = [milliseconds(interval), milliseconds(timeout)];
  if (other.exec?.length === 0) throw new FieldError(['ready', 'exec'], 'ready.exec names no program');
  if (log !== undefined) checkPattern(log);
  return {
    ...other,
    ...(http && { http: { port: http.port, path: http.path ?? '/' } }),
    ...(log !== undefined && { log }),
    ...(intervalMs > 0 && { intervalMs }),
    ...(timeoutMs > 0 && { timeoutMs }),
    ...(retries !== undefined && { retries }),
  };
}

/** Checked at build time, because an error in the guest is easily missed. */
function checkPattern(source: string): void {
  try {
    new RegExp(source, 'u');
  } catch (thrown) {
    throw new FieldError(['ready', 'log'], `"${source}" is not a regular expression: ${reasonOf(thrown)}`);
  }
}

/** By its usual name, or as a number if it has none. */
function signal(text: string | number, origins: FieldOrigins): string {
  const number = signalNumber(String(text));
  const isOfImage = origins.get('stopSignal')?.[0]?.source === 'image config';
  if (number === undefined && isOfImage)
    throw new FieldError(['image'], `its STOPSIGNAL is "${text}", which is no signal`, 'set `stopSignal:`');
  if (number === undefined) throw new FieldError(['stopSignal'], `there is no signal "${text}"`);
  return signalName(number) ?? String(number);
}
