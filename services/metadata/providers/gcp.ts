import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { listed } from '../../../lib/metadata/user-data/listed.ts';
import { isMap, isTrueAt, type YamlValue } from '../../../lib/metadata/yaml.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { lastPart, nodeAt, textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';

const flavor = 'Google';

/** Attributes that ask for what kit does not do. */
const unobeyed = [
  ...['startup-script', 'startup-script-url', 'shutdown-script', 'shutdown-script-url'],
  ...['enable-oslogin', 'cos-update-strategy', 'sysprep-specialize-script-ps1'],
];

/**
 * Google Compute Engine. By its address: the name metadata.google.internal would be as good as whoever
 * answers DNS. The header `Metadata-Flavor` is demanded by both sides.
 */
export const gcp: Cloud = {
  name: 'gcp',
  provider: 'GCP',
  async ask({ open }) {
    const session = open(metadataService);
    const path = '/computeMetadata/v1/?recursive=true&alt=json';
    const { status, headers, body } = await session.ask(path, {
      headers: { 'Metadata-Flavor': flavor },
      maximalBytes: maximalUserData,
    });
    if (status !== 200) throw new KitError(`Cannot read the metadata of Google: status ${status}`);
    if (headers['metadata-flavor'] !== flavor)
      throw new KitError(
        'Cannot read the metadata of Google: the answer has no header "Metadata-Flavor: Google"',
      );
    return parseGcp(body.toString('utf8'), Date.now());
  },
};

/**
 * Keys of the project count unless the instance blocks them. User data is the attribute `user-data`, as for
 * cloud-init, or LinuxKit's `userdata`.
 * @param nowMs keys may expire
 * @throws KitError
 */
export function parseGcp(text: string, nowMs: number): Metadata {
  const tree = parseJsonTree(text, 'the metadata of Google');
  const instance = nodeAt(tree, 'instance');
  if (!isMap(instance)) throw new KitError('Cannot read the metadata of Google: it has no instance');
  const [own, project] = [nodeAt(instance, 'attributes'), nodeAt(tree, 'project', 'attributes')];
  const isBlocked = isTrueAt(own, 'block-project-ssh-keys') || textOf(own, 'sshKeys') !== undefined;
  const lines = [own, ...(isBlocked ? [] : [project])].flatMap(keyLines);
  const named = unobeyed.filter((key) => (textOf(own, key) ?? textOf(project, key)) !== undefined);
  const userdata = textOf(own, 'user-data') ?? textOf(own, 'userdata');
  return {
    userdata: userdata === undefined ? undefined : decoded(userdata, textOf(own, 'user-data-encoding')),
    instanceId: textOf(instance, 'id'),
    hostname: textOf(instance, 'hostname') ?? textOf(instance, 'name'),
    sshKeys: lines.flatMap((line) => keyOf(line, nowMs)),
    facts: {
      public_ipv4: textOf(instance, 'networkInterfaces', 0, 'accessConfigs', 0, 'externalIp'),
      local_ipv4: textOf(instance, 'networkInterfaces', 0, 'ip'),
      local_hostname: textOf(instance, 'hostname'),
      availability_zone: lastPart(textOf(instance, 'zone')),
      instance_type: lastPart(textOf(instance, 'machineType')),
    },
    notes: named.length === 0 ? [] : [`not obeyed: attributes of Google: ${listed(named)}`],
  };
}

const keyLines = (attributes: YamlValue | undefined): string[] =>
  ['ssh-keys', 'sshKeys'].flatMap((key) => textOf(attributes, key)?.split('\n') ?? []);

/**
 * `me:ssh-ed25519 AAAA me@example`; the user is dropped, since kit has root alone. After the word
 * `google-ssh`, JSON says when the key expires.
 */
function keyOf(line: string, nowMs: number): string[] {
  const key = line.replace(/^[^\s:]*:/, '').trim();
  const [, plain = key, details = ''] = /^(.*?)\s+google-ssh\s+(\{.*\})$/.exec(key) ?? [];
  const [, expires] = /"expireOn"\s*:\s*"([^"]*)"/.exec(details) ?? [];
  if (expires === undefined) return key === '' ? [] : [plain];
  // As Google's guest agent, which writes 2026-01-31T10:00:00+0000.
  const time = Date.parse(expires.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  // A time that cannot be read is one that has passed.
  return time > nowMs ? [plain] : [];
}

const decoded = (text: string, encoding: string | undefined): Buffer =>
  Buffer.from(text, encoding === 'base64' ? 'base64' : 'utf8');
