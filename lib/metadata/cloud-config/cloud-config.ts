import type { UserDataPlan } from '../user-data/user-data-plan.ts';
import { isTrueAt, textAt, valueAt, type YamlMap } from '../yaml.ts';
import { lineOf } from '../yaml-lines.ts';
import { readNtp, readTimezone } from './ntp.ts';
import { growKeys, unobeyedNotes } from './unobeyed-keys.ts';
import { authorizedKeys, readUsers } from './users.ts';
import { readWriteFiles } from './write-files.ts';

/** Obeyed, here or where parts are merged. */
const supportedKeys = [
  ...['hostname', 'fqdn', 'prefer_fqdn_over_hostname', 'preserve_hostname'],
  ...['ssh_authorized_keys', 'ssh-authorized-keys', 'users', 'user', 'write_files'],
  ...['ntp', 'timezone', 'merge_how', 'merge_type', 'vendor_data', 'ssh_pwauth', ...growKeys],
];

/**
 * Reads the part of cloud-init's `#cloud-config` that applies to an immutable machine: the name,
 * ssh_authorized_keys (also those of `users`, since there is only one user), write_files below /run/config,
 * time servers. All other keys are named in notes.
 */
export function readCloudConfig(tree: YamlMap): UserDataPlan {
  const users = readUsers(tree);
  const parts = [readWriteFiles(valueAt(tree, 'write_files')), readNtp(tree), readTimezone(tree)];
  const names = [textAt(tree, 'hostname'), textAt(tree, 'fqdn')];
  if (isTrueAt(tree, 'prefer_fqdn_over_hostname')) names.reverse();
  const keepsHostname = isTrueAt(tree, 'preserve_hostname');
  return {
    hostname: keepsHostname ? undefined : (names[0] ?? names[1]),
    keepsHostname,
    sshKeys: [...authorizedKeys(tree), ...users.sshKeys],
    files: parts.flatMap(({ files }) => files),
    folders: [],
    problems: [...unreadableNames(tree), ...parts.flatMap(({ problems }) => problems)],
    notes: [
      ...unobeyedNotes(tree, supportedKeys),
      ...passwordNotes(tree),
      ...users.notes,
      ...parts.flatMap(({ notes }) => notes),
    ],
  };
}

function unreadableNames(tree: YamlMap): string[] {
  return ['hostname', 'fqdn']
    .filter((key) => typeof (valueAt(tree, key) ?? '') !== 'string')
    .map((key) => `Cannot read "${key}" of cloud-config: expected a text${lineOf(tree, key)}`);
}

/** Without it, and with `false`, cloud-init and kit let nobody in with a password. */
function passwordNotes(tree: YamlMap): string[] {
  return isTrueAt(tree, 'ssh_pwauth')
    ? [`not obeyed: ssh_pwauth${lineOf(tree, 'ssh_pwauth')}: users log in with keys, never with a password`]
    : [];
}
