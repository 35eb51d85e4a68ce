import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { cleanHostname } from '../../lib/net/hostname.ts';
import { readCloudConfig } from './cloud-config.ts';
import { expandEntries } from './entries.ts';
import type { Asked, PlannedFile } from './planned.ts';
import type { Metadata } from './provider.ts';

export interface Plan {
  /** In order; a later file replaces an earlier one of the same path. */
  readonly files: readonly PlannedFile[];
  /** What the user data asked for and does not get, in sentences. */
  readonly problems: readonly string[];
  /** What is passed over on purpose. */
  readonly notes: readonly string[];
}

/**
 * What metadata means, as files in LinuxKit's layout: provider, userdata, hostname, instance_id, ssh/authorized_keys, and what the
 * user data asks for. A mistake in one part leaves the others alone: a machine with a typo should still let its owner in.
 */
export function planFiles(provider: string, metadata: Metadata): Plan {
  const { userdata, instanceId, facts = {} } = metadata;
  const asked = interpret(userdata?.toString('utf8') ?? '');
  const hostname = asked.hostname ?? metadata.hostname;
  const keys = keyLines([...metadata.sshKeys, ...asked.sshKeys]);
  const given: [path: string, content: string | undefined][] = [
    ['provider', provider],
    ['instance_id', instanceId],
    ...Object.entries(facts),
    ['hostname', cleanHostname(hostname)],
  ];
  const files = given.flatMap(([path, content]) => (content === undefined ? [] : [plainFile(path, content)]));
  if (userdata !== undefined) files.push({ path: 'userdata', mode: 0o644, content: userdata });
  if (keys !== '') files.push({ path: 'ssh/authorized_keys', mode: 0o600, content: Buffer.from(keys) });
  const problems = [...asked.problems];
  if (hostname !== undefined && cleanHostname(hostname) === undefined) {
    problems.push(`Cannot use hostname "${hostname}": not a host name`);
  }
  return { files: [...files, ...asked.files], problems, notes: asked.notes };
}

/** cloud-config says so in its first line; LinuxKit's files are a JSON object; everything else is the owner's own. */
function interpret(userdata: string): Asked {
  try {
    if (userdata.split('\n', 1)[0]?.trim() === '#cloud-config') return readCloudConfig(userdata);
    if (/^\s*\{/.test(userdata)) return expandEntries(userdata);
    return { sshKeys: [], files: [], problems: [], notes: [] };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { sshKeys: [], files: [], problems: [reasonOf(error)], notes: [] };
  }
}

/** One key a line, none twice. */
function keyLines(keys: readonly string[]): string {
  const lines = keys.map((key) => key.trim()).filter((key) => key !== '' && !/[\n\r\0]/.test(key));
  return [...new Set(lines)].map((line) => `${line}\n`).join('');
}

function plainFile(path: string, content: string): PlannedFile {
  return { path, mode: 0o644, content: Buffer.from(content) };
}
