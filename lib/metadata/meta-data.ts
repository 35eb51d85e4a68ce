import { KitError } from '../errors/errors.ts';
import type { Metadata } from './metadata.ts';
import { listed } from './user-data/listed.ts';
import { decodeText } from './user-data/unpack.ts';
import { isList, isMap, parseYaml, textAt, textsOf, valueAt, type YamlValue } from './yaml.ts';

/** What the files of a seed say that are not user data. */
export type MetaData = Omit<Metadata, 'userdata' | 'vendordata'>;

/** Keys that ask for what kit does not do; all others only describe the machine. */
const unobeyedKeys = ['network-interfaces', 'interfaces', 'network_config', 'files', 'admin_pass'];

/**
 * Reads `meta-data` of NoCloud, in YAML or JSON, and OpenStack's `meta_data.json`: `instance-id` or `uuid`,
 * `local-hostname` or `hostname`, and `public-keys` in the forms clouds use: a list, one text with a key per
 * line, or a map of names to keys (or to `{openssh-key: …}`).
 * @throws KitError when it is not YAML, or not a map
 */
export function parseMetaData(content: Buffer | string): MetaData {
  const { text } = decodeText(Buffer.from(content));
  const { tree, notes } = parseYaml(text, 'meta-data');
  if (!isMap(tree) && tree !== '') throw new KitError('Cannot read meta-data: expected keys and values');
  const unobeyed = unobeyedKeys.filter((key) => valueAt(tree, key) !== undefined);
  return {
    hostname: firstText(tree, ['local-hostname', 'local_hostname', 'hostname']),
    instanceId: firstText(tree, ['instance-id', 'instance_id', 'uuid']),
    sshKeys: ['public-keys', 'public_keys', 'keys'].flatMap((key) => publicKeys(valueAt(tree, key))),
    notes: unobeyed.length === 0 ? notes : [...notes, `ignored keys of meta-data: ${listed(unobeyed)}`],
  };
}

const firstText = (tree: YamlValue, keys: readonly string[]): string | undefined =>
  keys.map((key) => textAt(tree, key)).find((text) => text !== undefined);

function publicKeys(tree: YamlValue | undefined): string[] {
  if (isMap(tree)) return Object.values(tree).flatMap(publicKey);
  return isList(tree) ? tree.flatMap(publicKey) : textsOf(tree);
}

/** Text, EC2's `{openssh-key: …}`, or OpenStack's `{name, type: ssh, data}`, whose type may be x509. */
function publicKey(value: YamlValue): string[] {
  if (!isMap(value)) return textsOf(value);
  const text =
    textAt(value, 'openssh-key') ?? (textAt(value, 'type') === 'x509' ? undefined : textAt(value, 'data'));
  return text === undefined ? [] : [text];
}
