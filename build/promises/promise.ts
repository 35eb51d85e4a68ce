import { exactJson } from '../../lib/json/exact-json.ts';
import { capabilities } from '../manifest/names.ts';
import type { SpecMount } from '../spec/oci/oci-runtime.ts';
import type { AuditedEntry } from './audited-entry.ts';

/** As in SARIF's `security-severity`: what an attacker gains. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** What kit promises, and `kit audit` attacks. */
export interface Promised {
  /** `core-pattern`: the attack of that name tries to break it. */
  readonly id: string;
  /** One sentence: what holds. */
  readonly text: string;
  readonly severity: Severity;
  /**
   * service: from inside each service, with its confinement. machine: from a process with every right in the
   * machine. outside: from the host.
   */
  readonly from: 'service' | 'machine' | 'outside';
  /** What the attack needs: a kernel of its own, `--production`, or the data volume for itself. */
  readonly only?: readonly ('machine' | 'production' | 'data-volume')[];
  /** What an entry may ask for that breaks the promise for it; the first that applies is named. */
  readonly unless?: readonly Condition[];
}

/** What of its manifest, or of its image, gives an entry the right to do what a promise denies to others. */
export interface Grant {
  /** `capabilities` */
  readonly field: string;
  /** `CAP_NET_RAW` */
  readonly value: string;
}

export type Condition = (entry: AuditedEntry) => Grant | undefined;

/** The entry has one of these capabilities. */
export const capability =
  (...names: readonly string[]): Condition =>
  ({ config }) => {
    const held = Object.values(config.process.capabilities).flat();
    const found = names.find((name) => held.includes(name));
    return found === undefined ? undefined : { field: 'capabilities', value: found };
  };

/** The entry has every capability: a privileged container, in the words of Docker. */
export const everyCapability: Condition = ({ config }) => {
  const held = new Set(config.process.capabilities.effective);
  return capabilities.every((name) => held.has(name)) ? { field: 'capabilities', value: 'all' } : undefined;
};

/** The entry shares the machine's namespace of that kind. */
export const shared =
  (field: 'pid' | 'net' | 'ipc' | 'uts' | 'userns'): Condition =>
  (entry) => {
    const type = { pid: 'pid', net: 'network', ipc: 'ipc', uts: 'uts', userns: 'user' }[field];
    const own = entry.config.linux.namespaces.some((one) => one.type === type && one.path === undefined);
    return own || !(isChosen(entry, field) || isNeeded(entry, field))
      ? undefined
      : { field, value: valueText(entry, field) };
  };

/** The entry sets the field itself, in the manifest or in its label: default values grant nothing. */
export const chosen =
  (field: string): Condition =>
  (entry) =>
    isChosen(entry, field) ? { field, value: valueText(entry, field) } : undefined;

/** The entry binds that path of the machine, one above it or one below it. */
export const bound =
  (...paths: readonly string[]): Condition =>
  ({ config }) => {
    const found = config.mounts.find((mount) => isBind(mount) && paths.some((path) => overlaps(mount, path)));
    return found && { field: 'binds', value: `${found.source}:${found.destination}` };
  };

/** The entry asks for devices beyond the usual ones. */
export const hasDevices: Condition = ({ config, runtime }) => {
  const [device] = [...(config.linux.devices ?? []), ...(runtime.kit.devices ?? [])];
  const all = (config.linux.resources.devices ?? []).some(({ allow, major }) => allow && major === undefined);
  if (!device && !all) return undefined;
  return { field: 'devices', value: device?.path ?? 'all' };
};

/** The entry's root file system is written in memory: for others than kit's own packages the default. */
export const writableRoot: Condition = ({ config }) =>
  config.root.readonly ? undefined : { field: 'readonly', value: 'false' };

/** The entry is there to give a login on the console. */
export const logsInOnConsole: Condition = ({ config, isLogin }) =>
  isLogin || config.process.args.some((word) => /getty/.test(word))
    ? { field: 'image', value: 'a login on the console' }
    : undefined;

const isBind = ({ type, options = [] }: SpecMount): boolean =>
  type === 'bind' || options.includes('bind') || options.includes('rbind');

function overlaps({ source }: SpecMount, path: string): boolean {
  const [a, b] = [source, path].map((one) => (one.endsWith('/') ? one : `${one}/`));
  return a !== undefined && b !== undefined && (a.startsWith(b) || b.startsWith(a));
}

/** Of an image without its manifest the origins are not known: what it has was chosen. */
function isChosen({ origins }: AuditedEntry, field: string): boolean {
  if (!origins) return ['pid', 'net', 'ipc', 'uts'].includes(field);
  return (origins.get(field) ?? []).some(({ source }) => source === 'manifest' || source === 'label');
}

/** Something else that the entry asks for does not work otherwise: the origin says what. */
const isNeeded = ({ origins }: AuditedEntry, field: string): boolean =>
  (origins?.get(field) ?? []).some(({ reason }) => reason !== undefined);

function valueText({ effective }: AuditedEntry, field: string): string {
  const value = (effective as Readonly<Record<string, unknown>> | undefined)?.[field];
  return value === undefined ? 'host' : typeof value === 'string' ? value : exactJson(value);
}
