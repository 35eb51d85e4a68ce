import { posix } from 'node:path';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { maximalBytes } from './provider.ts';
import { type PlannedFile, secretMode, type UserDataPlan } from './user-data-plan.ts';
import { isList, isMap, parseYaml, textAt, textsOf, valueAt, type YamlValue } from './yaml.ts';

const configFolder = '/run/config/';
const maximalFiles = 1000;
const supportedKeys = ['hostname', 'fqdn', 'ssh_authorized_keys', 'users', 'write_files'];

/**
 * Reads the part of cloud-init's `#cloud-config` that applies to an immutable machine: hostname,
 * ssh_authorized_keys (also those of `users`, since there is only one user), write_files below /run/config.
 * All other keys are listed in a note.
 * @throws KitError if it is not a YAML map
 */
export function readCloudConfig(text: string): UserDataPlan {
  const tree = parseYaml(text, 'cloud-config');
  if (!isMap(tree)) throw new KitError('Cannot read cloud-config: expected keys and values');
  const problems: string[] = [];
  const files: PlannedFile[] = [];
  for (const file of listAt(tree, 'write_files').slice(0, maximalFiles)) {
    try {
      files.push(plannedFile(file));
    } catch (error) {
      if (!(error instanceof KitError)) throw error;
      problems.push(`Cannot write "${textAt(file, 'path') ?? ''}": ${error.message}`);
    }
  }
  const sources = [tree, ...listAt(tree, 'users')];
  return {
    hostname: textAt(tree, 'hostname') ?? textAt(tree, 'fqdn'),
    sshKeys: sources.flatMap((source) => textsOf(valueAt(source, 'ssh_authorized_keys'))),
    files,
    folders: [],
    problems,
    notes: ignored(Object.keys(tree)),
  };
}

function ignored(keys: readonly string[]): string[] {
  const unsupported = keys.filter((key) => !supportedKeys.includes(key));
  return unsupported.length === 0
    ? []
    : [`ignored keys of cloud-config: ${unsupported.slice(0, 20).join(', ')}`];
}

function listAt(tree: YamlValue, key: string): readonly YamlValue[] {
  const value = valueAt(tree, key);
  return isList(value) ? value : [];
}

function plannedFile(file: YamlValue): PlannedFile {
  const path = posix.normalize(textAt(file, 'path') ?? '');
  if (!path.startsWith(configFolder) || path.endsWith('/')) {
    throw new KitError(`the machine is immutable, only files below ${configFolder} are written`);
  }
  const permissions = textAt(file, 'permissions') ?? '';
  const mode = /^(0o?)?[0-7]{3}$/.test(permissions) ? Number.parseInt(permissions.slice(-3), 8) : secretMode;
  return { path: path.slice(configFolder.length), mode, content: decode(file) };
}

/** cloud-init's names of encodings: plain text, base64, gzip, and gzip in base64. */
function decode(file: YamlValue): Buffer {
  const encoding = textAt(file, 'encoding') ?? 'text/plain';
  const content = textAt(file, 'content') ?? '';
  const parts = encoding.split('+');
  if (!parts.every((part) => ['text/plain', 'b64', 'base64', 'gz', 'gzip'].includes(part))) {
    throw new KitError(`encoding "${encoding}" is not known`);
  }
  const bytes = Buffer.from(
    content,
    parts.some((part) => part === 'b64' || part === 'base64') ? 'base64' : 'utf8',
  );
  return parts.some((part) => part.startsWith('gz')) ? gunzip(bytes) : bytes;
}

function gunzip(bytes: Buffer): Buffer {
  // Loaded only when needed: the boot waits for this program.
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    return gunzipSync(bytes, { maxOutputLength: maximalBytes });
  } catch (error) {
    throw new KitError(`cannot be unpacked: ${reasonOf(error)}`);
  }
}
