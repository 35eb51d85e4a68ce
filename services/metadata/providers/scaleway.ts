import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { isList, textsOf, valueAt } from '../../../lib/metadata/yaml.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { nodeAt, textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';

/** Scaleway gives user data only to who sends from a port below 1024: to root, it means. */
export const scaleway: Cloud = {
  name: 'scaleway',
  provider: 'Scaleway',
  async ask({ open }) {
    const session = open('http://169.254.42.42');
    const text = await session.text('/conf?format=json');
    if (text === undefined) throw new KitError('Cannot read the metadata of Scaleway: status 404');
    const question = { maximalBytes: maximalUserData, fromPrivilegedPort: true };
    return parseScaleway(text, await session.get('/user_data/cloud-init', question));
  },
};

/** @throws KitError */
export function parseScaleway(text: string, userdata: Buffer | undefined): Metadata {
  const tree = parseJsonTree(text, 'the metadata of Scaleway');
  const id = textOf(tree, 'id');
  if (id === undefined) throw new KitError('Cannot read the metadata of Scaleway: it has no "id"');
  const keys = nodeAt(tree, 'ssh_public_keys');
  const [publicIp, privateIp] = [textOf(tree, 'public_ip', 'address'), textOf(tree, 'private_ip')];
  const zone = textOf(tree, 'zone') ?? textOf(tree, 'location', 'zone_id');
  return {
    userdata: userdata?.length ? userdata : undefined,
    instanceId: id,
    hostname: textOf(tree, 'hostname'),
    sshKeys: isList(keys) ? keys.flatMap((key) => textsOf(valueAt(key, 'key'))) : [],
    facts: {
      public_ipv4: publicIp,
      local_ipv4: privateIp,
      availability_zone: zone,
      instance_type: textOf(tree, 'commercial_type'),
      // LinuxKit's names.
      public_ip: publicIp,
      private_ip: privateIp,
      instance_location: zone,
    },
  };
}
