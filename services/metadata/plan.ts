import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { cleanHostname } from '../../lib/net/hostname.ts';
import { readCloudConfig } from './cloud-config.ts';
import { readEntries } from './entries.ts';
import type { Metadata } from './provider.ts';
import { type PlannedFile, type PlannedFolder, secretMode, type UserDataPlan } from './user-data-plan.ts';

export interface MetadataPlan {
  /** In order; a later file replaces an earlier one of the same path. */
  readonly files: readonly PlannedFile[];
  readonly folders: readonly PlannedFolder[];
  /** Problems: user data that cannot be applied, one sentence each. */
  readonly problems: readonly string[];
  /** User data that is ignored on purpose, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Translates metadata to files in LinuxKit's layout: provider, userdata, hostname, instance_id,
 * ssh/authorized_keys, and the files of the user data. A mistake in one part does not affect the others: a
 * typo must not lock the owner out.
 */
export function planFiles(provider: string, metadata: Metadata): MetadataPlan {
  const { userdata, instanceId, facts = {} } = metadata;
  const requested = interpret(userdata?.toString('utf8') ?? '');
  const hostname = requested.hostname ?? metadata.hostname;
  const keys = keyLines([...metadata.sshKeys, ...requested.sshKeys]);
  const given: [path: string, content: string | undefined][] = [
    ['provider', provider],
    ['instance_id', instanceId],
    ...Object.entries(facts),
    ['hostname', cleanHostname(hostname)],
  ];
  const files = given.flatMap(([path, content]) => (content === undefined ? [] : [plainFile(path, content)]));
  if (userdata !== undefined) files.push({ path: 'userdata', mode: secretMode, content: userdata });
  if (keys !== '') files.push({ path: 'ssh/authorized_keys', mode: secretMode, content: Buffer.from(keys) });
  const problems = [...requested.problems];
  if (hostname !== undefined && cleanHostname(hostname) === undefined) {
    problems.push(`Cannot use hostname "${hostname}": not a host name`);
  }
  const { folders, notes } = requested;
  return { files: [...files, ...requested.files], folders, problems, notes };
}

/** Recognises cloud-config by its first line, LinuxKit's files by a leading `{`; ignores anything else. */
function interpret(userdata: string): UserDataPlan {
  try {
    if (userdata.split('\n', 1)[0]?.trim() === '#cloud-config') return readCloudConfig(userdata);
    if (/^\s*\{/.test(userdata)) return readEntries(userdata);
    return { sshKeys: [], files: [], folders: [], problems: [], notes: [] };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { sshKeys: [], files: [], folders: [], problems: [reasonOf(error)], notes: [] };
  }
}

/** One key per line, without duplicates. */
function keyLines(keys: readonly string[]): string {
  const lines = keys.map((key) => key.trim()).filter((key) => key !== '' && !/[\n\r\0]/.test(key));
  return [...new Set(lines)].map((line) => `${line}\n`).join('');
}

/** What the provider says of the machine, which every program may know. */
function plainFile(path: string, content: string): PlannedFile {
  return { path, mode: 0o644, content: Buffer.from(content) };
}
