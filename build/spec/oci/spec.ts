import { posix } from 'node:path';
import type { MachineVolume } from '../disks/volumes.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { everyItem, everyPart, FieldError } from '../field-error.ts';
import { type Ids, resolveId } from '../ids.ts';
import { capabilitySets } from './capabilities.ts';
import { deviceNodes, deviceRules } from './devices.ts';
import { containerMounts } from './mounts.ts';
import { containerNamespaces } from './namespaces.ts';
import type { Linux, Process, Rlimit, Spec } from './oci-runtime.ts';
import { pageName } from './page-name.ts';
import { parseRlimit } from './rlimits.ts';

/** What the fields of an entry can refer to by name. */
export interface EntryReferences {
  readonly ids: Ids;
  readonly volumes: ReadonlyMap<string, MachineVolume>;
}

/**
 * The OCI runtime spec of an entry as LinuxKit's documentation defines it, without kit's additions. Pure.
 * @throws FieldErrors
 */
export function runtimeSpec(entry: EffectiveEntry, references: EntryReferences): Spec {
  const { process, mounts, linux } = everyPart({
    process: () => containerProcess(entry, references.ids),
    mounts: () => containerMounts(entry, references.volumes),
    linux: () => linuxPart(entry),
  });
  return {
    ociVersion: '1.2.1',
    process,
    root: { path: 'rootfs', ...(entry.readonly && { readonly: true as const }) },
    ...(entry.hostname && { hostname: entry.hostname }),
    mounts,
    ...(isFilled(entry.annotations) && { annotations: entry.annotations }),
    linux,
  };
}

const isFilled = (value: object): boolean => Object.keys(value).length > 0;

function containerProcess(entry: EffectiveEntry, ids: Ids): Process {
  const parts = everyPart({
    args: () => commandLine(entry),
    uid: () => resolveId(entry.uid, ids, ['uid']),
    gid: () => resolveId(entry.gid, ids, ['gid']),
    groups: () => everyItem(entry.additionalGids, (id, at) => resolveId(id, ids, ['additionalGids', at])),
    capabilities: () => capabilitySets(entry),
    cwd: () => workingFolder(entry),
  });
  const { args, uid, gid, groups, capabilities, cwd } = parts;
  return {
    user: { uid, gid, ...(groups.length > 0 && { additionalGids: groups }) },
    args,
    ...(isFilled(entry.env) && { env: entry.env }),
    cwd,
    capabilities,
    ...(isFilled(entry.rlimits) && { rlimits: entry.rlimits.map(rlimit) }),
    ...(entry.noNewPrivileges && { noNewPrivileges: true as const }),
    ...(entry.oomScoreAdj !== undefined && { oomScoreAdj: entry.oomScoreAdj }),
  };
}

function commandLine({ name, command }: EffectiveEntry): readonly string[] {
  if (command.length > 0) return command;
  throw new FieldError([], `"${name}" has no command: its image does not set one`, 'set `command:`');
}

/** Without `..` and doubled slashes, as other engines write it. */
function workingFolder({ cwd }: EffectiveEntry): string {
  if (cwd.startsWith('/')) return posix.resolve(cwd);
  throw new FieldError(['cwd'], `the working folder "${cwd}" is not an absolute path`, `cwd: /${cwd}`);
}

function rlimit(text: string): Rlimit {
  const { name, hard, soft } = parseRlimit(text);
  return { type: `RLIMIT_${name}`, hard, soft };
}

function linuxPart(entry: EffectiveEntry): Linux {
  const devices = deviceNodes(entry.devices);
  return {
    ...(isFilled(entry.uidMappings) && { uidMappings: entry.uidMappings }),
    ...(isFilled(entry.gidMappings) && { gidMappings: entry.gidMappings }),
    ...(isFilled(entry.sysctl) && { sysctl: entry.sysctl }),
    resources: resources(entry),
    ...(entry.cgroupsPath && { cgroupsPath: entry.cgroupsPath }),
    namespaces: containerNamespaces(entry),
    ...(devices.length > 0 && { devices }),
    ...(entry.rootfsPropagation && { rootfsPropagation: entry.rootfsPropagation }),
    ...(isFilled(entry.maskedPaths) && { maskedPaths: entry.maskedPaths }),
    ...(isFilled(entry.readonlyPaths) && { readonlyPaths: entry.readonlyPaths }),
  };
}

/** As in the manifest, with OCI's spelling of keys, and with cgroup rules for the entry's devices. */
function resources(entry: EffectiveEntry): Linux['resources'] {
  const { blockio, devices = [], hugepageLimits, ...rest } = entry.resources;
  const rules = [...devices, ...deviceRules(entry.devices)];
  return {
    ...rest,
    ...(blockio && { blockIO: blockio }),
    ...(hugepageLimits && {
      hugepageLimits: hugepageLimits.map(({ pageSize, limit }) => ({ pageSize: pageName(pageSize), limit })),
    }),
    ...(rules.length > 0 && { devices: rules }),
  };
}
