import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { textsOf } from '../../../lib/metadata/yaml.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { nodeAt, textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';

/** Vultr's service wants to see that the request is meant for it. */
const headers = { 'Metadata-Token': 'vultr' };

export const vultr: Cloud = {
  name: 'vultr',
  provider: 'Vultr',
  async ask({ open }) {
    const session = open(metadataService);
    const text = await session.text('/v1.json', { headers, maximalBytes: maximalUserData });
    if (text === undefined) throw new KitError('Cannot read the metadata of Vultr: status 404');
    const userdata = await session.get('/latest/user-data', { headers, maximalBytes: maximalUserData });
    return parseVultr(text, userdata);
  },
};

/** @throws KitError */
export function parseVultr(text: string, userdata: Buffer | undefined): Metadata {
  const tree = parseJsonTree(text, 'the metadata of Vultr');
  const id = textOf(tree, 'instance-v2-id') ?? textOf(tree, 'instanceid');
  if (id === undefined) throw new KitError('Cannot read the metadata of Vultr: it has no "instanceid"');
  return {
    userdata: userdata?.length ? userdata : undefined,
    instanceId: id,
    hostname: textOf(tree, 'hostname'),
    sshKeys: textsOf(nodeAt(tree, 'public-keys')),
    facts: {
      public_ipv4: textOf(tree, 'interfaces', 0, 'ipv4', 'address'),
      local_ipv4: textOf(tree, 'interfaces', 1, 'ipv4', 'address'),
      availability_zone: textOf(tree, 'region', 'regioncode'),
      region: textOf(tree, 'region', 'regioncode'),
    },
  };
}
