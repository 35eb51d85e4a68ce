import type { Metadata } from './provider.ts';
import { isMap, parseYaml, textAt, textsOf, valueAt, type YamlValue } from './yaml.ts';

/**
 * Reads NoCloud's `meta-data`: `instance-id`, `local-hostname` or `hostname`, and `public-keys` in the forms
 * clouds use: a list, one text with a key per line, or a map of names to keys (or to `{openssh-key: …}`).
 * @throws KitError when it is not YAML.
 */
export function parseMetaData(text: string): Omit<Metadata, 'userdata'> {
  const tree = parseYaml(text, 'meta-data');
  return {
    hostname: textAt(tree, 'local-hostname') ?? textAt(tree, 'hostname'),
    instanceId: textAt(tree, 'instance-id'),
    sshKeys: publicKeys(valueAt(tree, 'public-keys') ?? valueAt(tree, 'public_keys')),
  };
}

function publicKeys(tree: YamlValue | undefined): string[] {
  const values = isMap(tree)
    ? Object.values(tree).map((value) => valueAt(value, 'openssh-key') ?? value)
    : [tree];
  return values.flatMap(textsOf).flatMap((text) => text.split('\n'));
}
