import { isTrueAt, textAt, valueAt, type YamlMap } from '../yaml.ts';
import { listed } from './listed.ts';
import type { UserDataPlan } from './user-data-plan.ts';
import { authorizedKeys, readUsers } from './users.ts';
import { readWriteFiles } from './write-files-key.ts';

/** Obeyed, here or where parts are merged. */
const supportedKeys = [
  ...['hostname', 'fqdn', 'prefer_fqdn_over_hostname', 'preserve_hostname'],
  ...['ssh_authorized_keys', 'ssh-authorized-keys', 'users', 'user', 'write_files'],
  ...['merge_how', 'merge_type', 'vendor_data'],
];

/**
 * Reads the part of cloud-init's `#cloud-config` that applies to an immutable machine: the name,
 * ssh_authorized_keys (also those of `users`, since there is only one user), write_files below /run/config.
 * All other keys are listed in a note.
 */
export function readCloudConfig(tree: YamlMap): UserDataPlan {
  const users = readUsers(tree);
  const { files, problems, notes } = readWriteFiles(valueAt(tree, 'write_files'));
  const names = [textAt(tree, 'hostname'), textAt(tree, 'fqdn')];
  if (isTrueAt(tree, 'prefer_fqdn_over_hostname')) names.reverse();
  const keepsHostname = isTrueAt(tree, 'preserve_hostname');
  return {
    hostname: keepsHostname ? undefined : (names[0] ?? names[1]),
    keepsHostname,
    sshKeys: [...authorizedKeys(tree), ...users.sshKeys],
    files,
    folders: [],
    problems: [...unreadableNames(tree), ...problems],
    notes: [...ignoredKeys(tree), ...users.notes, ...notes],
  };
}

function unreadableNames(tree: YamlMap): string[] {
  return ['hostname', 'fqdn']
    .filter((key) => typeof (valueAt(tree, key) ?? '') !== 'string')
    .map((key) => `Cannot read "${key}" of cloud-config: expected a text`);
}

function ignoredKeys(tree: YamlMap): string[] {
  const keys = Object.keys(tree).filter((key) => !supportedKeys.includes(key));
  return keys.length === 0 ? [] : [`ignored keys of cloud-config: ${listed(keys)}`];
}
