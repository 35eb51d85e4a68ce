import { cleanHostname } from '../net/hostname.ts';
import { readCloudConfig } from './cloud-config/cloud-config.ts';
import type { Metadata } from './metadata.ts';
import { planNetwork } from './network/plan-network.ts';
import { readSshKeys } from './ssh-keys.ts';
import { printable } from './user-data/listed.ts';
import { keepExisting, mergePart } from './user-data/merge.ts';
import { readUserData, type UserDataRequests } from './user-data/read-user-data.ts';
import {
  emptyPlan,
  joinPlans,
  type PlannedFile,
  type PlannedFolder,
  secretMode,
  type UserDataPlan,
} from './user-data/user-data-plan.ts';
import { textAt, valueAt } from './yaml.ts';

export interface MetadataPlan {
  /** In order; a later file replaces an earlier one of the same path. */
  readonly files: readonly PlannedFile[];
  readonly folders: readonly PlannedFolder[];
  /** Problems: user data that cannot be applied, one sentence each. */
  readonly problems: readonly string[];
  /** User data that is ignored on purpose, one sentence each. */
  readonly notes: readonly string[];
}

export interface PlanOptions {
  /** Whether the manifest lets metadata ask for a network. */
  readonly network?: boolean;
}

/**
 * Translates metadata to files in LinuxKit's layout: provider, userdata, hostname, instance_id,
 * ssh/authorized_keys, and the files of the user data. A mistake in one part does not affect the others: a
 * typo must not lock the owner out.
 */
export function planFiles(
  provider: string,
  metadata: Metadata,
  { network: mayAsk = false }: PlanOptions = {},
): MetadataPlan {
  const { userdata, instanceId, facts = {} } = metadata;
  const requested = requestsOf(metadata);
  const hostname = requested.keepsHostname ? undefined : (requested.hostname ?? metadata.hostname);
  const keys = readSshKeys([...metadata.sshKeys, ...requested.sshKeys]);
  const given: [path: string, content: string | undefined][] = [
    ['provider', provider],
    ['instance_id', instanceId],
    ...Object.entries(facts),
    ['hostname', cleanHostname(hostname)],
  ];
  const files = given.flatMap(([path, content]) => (content === undefined ? [] : [plainFile(path, content)]));
  if (userdata !== undefined) files.push({ path: 'userdata', mode: secretMode, content: userdata });
  if (keys.text !== '')
    files.push({ path: 'ssh/authorized_keys', mode: secretMode, content: Buffer.from(keys.text) });
  const network = planNetwork(metadata.network, mayAsk);
  files.push(...network.files);
  const problems = [
    ...(metadata.problems ?? []),
    ...requested.problems,
    ...keys.problems,
    ...network.problems,
  ];
  if (hostname !== undefined && cleanHostname(hostname) === undefined) {
    problems.push(`Cannot use hostname "${printable(hostname)}": not a host name`);
  }
  const notes = [...(metadata.notes ?? []), ...requested.notes, ...network.notes];
  return { files: appended([...files, ...requested.files]), folders: requested.folders, problems, notes };
}

/** What user data and vendor data ask for together: of each key of a cloud-config, the user's counts. */
function requestsOf({ userdata, vendordata, hostname, instanceId }: Metadata): UserDataPlan {
  const values = { hostname, instanceId };
  const nothing: UserDataRequests = { cloudConfig: {}, plan: emptyPlan };
  const user = userdata ? readUserData(userdata, 'user-data', values) : nothing;
  const enabled = textAt(valueAt(user.cloudConfig, 'vendor_data'), 'enabled') ?? '';
  const isRefused = /^(false|no|off|0)$/i.test(enabled);
  // Tools that write a seed leave it empty where there is nothing to add.
  const hasVendorData = vendordata !== undefined && vendordata.toString('latin1').trim() !== '';
  const vendor = hasVendorData && !isRefused ? readUserData(vendordata, 'vendor-data', values) : nothing;
  const merged = mergePart(user.cloudConfig, vendor.cloudConfig, keepExisting);
  return joinPlans([vendor.plan, user.plan, readCloudConfig(merged)]);
}

/** The files with those that are to be appended joined to the ones before them. */
function appended(files: readonly PlannedFile[]): PlannedFile[] {
  const planned = new Map<string, PlannedFile>();
  for (const { append, ...file } of files) {
    const before = append ? planned.get(file.path) : undefined;
    const content = before ? Buffer.concat([before.content, file.content]) : file.content;
    planned.delete(file.path);
    planned.set(file.path, { ...file, content });
  }
  return [...planned.values()];
}

/** What the provider says of the machine, which every program may know. */
function plainFile(path: string, content: string): PlannedFile {
  return { path, mode: 0o644, content: Buffer.from(content) };
}
