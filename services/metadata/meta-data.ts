import type { Metadata } from './provider.ts';
import { at, isMap, parseYaml, type Tree, textAt, texts } from './yaml.ts';

/**
 * NoCloud's `meta-data`: `instance-id`, `local-hostname` or `hostname`, and `public-keys` in the forms clouds give it: a list, one text
 * with a key a line, or a map of names to keys (or to `{openssh-key: …}`).
 * @throws KitError when it is not YAML.
 */
export function parseMetaData(text: string): Omit<Metadata, 'userdata'> {
  const tree = parseYaml(text, 'meta-data');
  return {
    hostname: textAt(tree, 'local-hostname') ?? textAt(tree, 'hostname'),
    instanceId: textAt(tree, 'instance-id'),
    sshKeys: publicKeys(at(tree, 'public-keys') ?? at(tree, 'public_keys')),
  };
}

function publicKeys(tree: Tree | undefined): string[] {
  const values = isMap(tree) ? Object.values(tree).map((value) => at(value, 'openssh-key') ?? value) : [tree];
  return values.flatMap(texts).flatMap((text) => text.split('\n'));
}
