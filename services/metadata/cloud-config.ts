import { posix } from 'node:path';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Asked, PlannedFile } from './planned.ts';
import { maximalBytes } from './provider.ts';
import { at, isList, isMap, parseYaml, type Tree, textAt, texts } from './yaml.ts';

const configFolder = '/run/config/';
const defaultMode = 0o644;
const maximalFiles = 1000;
const understood = ['hostname', 'fqdn', 'ssh_authorized_keys', 'users', 'write_files'];

/**
 * The part of cloud-init's `#cloud-config` that an immutable machine can obey: hostname, ssh_authorized_keys (also of `users`, there being
 * one user only), write_files below /run/config. Everything else is named in a note.
 * @throws KitError when it is not a YAML map.
 */
export function readCloudConfig(text: string): Asked {
  const tree = parseYaml(text, 'cloud-config');
  if (!isMap(tree)) throw new KitError('Cannot read cloud-config: want keys and values');
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
    sshKeys: sources.flatMap((source) => texts(at(source, 'ssh_authorized_keys'))),
    files,
    problems,
    notes: ignored(Object.keys(tree)),
  };
}

function ignored(keys: readonly string[]): string[] {
  const unknown = keys.filter((key) => !understood.includes(key));
  return unknown.length === 0 ? [] : [`ignored of cloud-config: ${unknown.slice(0, 20).join(', ')}`];
}

function listAt(tree: Tree, key: string): readonly Tree[] {
  const value = at(tree, key);
  return isList(value) ? value : [];
}

function plannedFile(file: Tree): PlannedFile {
  const path = posix.normalize(textAt(file, 'path') ?? '');
  if (!path.startsWith(configFolder) || path.endsWith('/')) {
    throw new KitError(`the machine is immutable, only files below ${configFolder} are written`);
  }
  const permissions = textAt(file, 'permissions') ?? '';
  const mode = /^(0o?)?[0-7]{3}$/.test(permissions) ? Number.parseInt(permissions.slice(-3), 8) : defaultMode;
  return { path: path.slice(configFolder.length), mode, content: decode(file) };
}

/** cloud-init's names for plain text, base64, gzip, and gzip in base64. */
function decode(file: Tree): Buffer {
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
  // Loaded by the first who needs it: the boot waits for this program.
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    return gunzipSync(bytes, { maxOutputLength: maximalBytes });
  } catch (error) {
    throw new KitError(`cannot be unpacked: ${reasonOf(error)}`);
  }
}
