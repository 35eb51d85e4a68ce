import { exactJson } from '../../../lib/json/exact-json.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { Entry, EntryDefaults } from '../../manifest/types.ts';
import { effectiveEntry, type FieldSource } from '../effective-entry.ts';
import type { Integer64 } from '../oci/oci-runtime.ts';
import { parseRlimit } from '../oci/rlimits.ts';
import { maskedPaths, readonlyPaths } from './paths.ts';

/** A value of a label that goes beyond what every container has. */
export interface LabelRequest {
  /** The key that grants it in the manifest: `runtime.bindNS.net`. */
  readonly key: string;
  /** `capabilities all`, `binds /:/hostroot` */
  readonly text: string;
}

/**
 * What the labels of an image ask for beyond the defaults, where the entry does not set the key itself.
 * @param labels in order of precedence
 */
export function labelRequests(entry: Entry, labels: readonly FieldSource[]): LabelRequest[] {
  const { origins, entry: asked } = effectiveEntry(entry.name, labels);
  return [...origins.values()].flatMap(([origin]) => {
    const path = origin?.path ?? [];
    const key = path.join('.');
    const beyond = Object.hasOwn(judges, key) ? judges[key] : undefined;
    const value = valueAt(asked, path);
    return beyond && valueAt(entry, path) === undefined && beyond(value)
      ? [{ key, text: `${key} ${shortText(value)}` }]
      : [];
  });
}

const valueAt = (value: unknown, path: KeyPath): unknown =>
  path.reduce((held: unknown, key) => (held as Record<string, unknown> | undefined)?.[key], value);

const longest = 60;

function shortText(value: unknown): string {
  const items = Array.isArray(value) ? value : [value];
  const text = items.map((item) => (typeof item === 'object' ? exactJson(item) : String(item))).join(', ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

type Judge = (value: unknown) => boolean;

const isFilled: Judge = (value) =>
  typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);

const isCapable: Judge = (value) => {
  const [first = '', second] = value as readonly string[];
  return second !== undefined || !['', 'none'].includes(first.toLowerCase());
};

/** `new` and `none` are fewer rights than any container has. */
const isShared: Judge = (value) => !['', 'new', 'none'].includes(String(value));
/** Every container is in the machine's network. */
const isOtherNetwork: Judge = (value) => String(value).startsWith('/');

const lacks =
  (paths: readonly string[]): Judge =>
  (value) =>
    paths.some((path) => !(value as readonly string[]).includes(path));

/** The limits that a label may set: lower ones than everybody's. */
function isGenerous(value: unknown): boolean {
  const { memory, pids, devices, network, hugepageLimits } = value as NonNullable<EntryDefaults['resources']>;
  const isUnlimited = (limit: Integer64 | undefined, most: number): boolean =>
    limit !== undefined && (limit <= 0 || limit > most);
  return (
    isFilled(devices) ||
    isFilled(network) ||
    isFilled(hugepageLimits) ||
    isUnlimited(memory?.limit, 2 ** 30) ||
    isUnlimited(pids?.limit, 512) ||
    memory?.disableOOMKiller === true
  );
}

const isRaised: Judge = (value) =>
  (value as readonly string[]).some((text) => {
    const { name, hard } = parseRlimit(text);
    return name === 'NOFILE' ? hard > 65_536 : raised.has(name);
  });

const raised: ReadonlySet<string> = new Set([
  ...['MEMLOCK', 'NICE', 'RTPRIO', 'RTTIME', 'SIGPENDING', 'MSGQUEUE'],
]);

/** crun, systemd and containerd's shim obey some annotations. */
const isObeyed: Judge = (value) =>
  Object.keys(value as object).some((key) =>
    /^(?:run\.oci\.|org\.systemd\.|module\.|io\.containerd\.|io\.kubernetes\.cri\.)/.test(key),
  );

/**
 * The fields of a label that can ask for more, each with what counts as more. The others decide only what
 * happens inside the container, or take rights away. A test fails for a field that neither list has.
 */
const judges: Readonly<Record<string, Judge>> = {
  capabilities: isCapable,
  ambient: isCapable,
  binds: isFilled,
  mounts: isFilled,
  devices: isFilled,
  net: isOtherNetwork,
  ipc: isShared,
  uts: isShared,
  pid: isShared,
  userns: isShared,
  maskedPaths: lacks(maskedPaths),
  readonlyPaths: lacks(readonlyPaths),
  noNewPrivileges: (value) => value === false,
  seccomp: (value) => value !== 'default',
  oomScoreAdj: (value) => Number(value) < 0,
  rootfsPropagation: isFilled,
  cgroupsPath: isFilled,
  resources: isGenerous,
  rlimits: isRaised,
  sysctl: isFilled,
  uidMappings: isFilled,
  gidMappings: isFilled,
  annotations: isObeyed,
  onFailure: (value) => value !== 'continue',
  shim: (value) => value !== 'own',
  'runtime.cgroups': isFilled,
  'runtime.mounts': isFilled,
  'runtime.mkdir': isFilled,
  'runtime.interfaces': isFilled,
  'runtime.namespace': isFilled,
  ...Object.fromEntries(
    ['cgroup', 'ipc', 'mnt', 'net', 'pid', 'user', 'uts'].map((name) => [`runtime.bindNS.${name}`, isFilled]),
  ),
};

/** The fields that a label may always set. */
export const harmlessFields: readonly string[] = [
  ...['command', 'env', 'cwd', 'hostname', 'readonly', 'tmpfs', 'uid', 'gid', 'additionalGids'],
  ...['restart', 'after', 'ready', 'liveness', 'stopSignal', 'stopTimeout', 'timeout'],
  ...['ociRuntime', 'landlock'],
  // Obeyed only in the manifest.
  ...['capabilities.add', 'binds.add'],
];

/** The fields that are judged, for the test that none is forgotten. */
export const judgedFields: readonly string[] = Object.keys(judges);
