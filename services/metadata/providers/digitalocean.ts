import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { textsOf } from '../../../lib/metadata/yaml.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { nodeAt, textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';

/** DigitalOcean: one document with everything. */
export const digitalocean: Cloud = {
  name: 'digitalocean',
  provider: 'DigitalOcean',
  async ask({ open }) {
    const session = open(metadataService);
    const body = await session.get('/metadata/v1.json', { maximalBytes: maximalUserData });
    if (body === undefined) throw new KitError('Cannot read the metadata of DigitalOcean: status 404');
    return parseDigitalOcean(body.toString('utf8'));
  },
};

/** @throws KitError */
export function parseDigitalOcean(text: string): Metadata {
  const tree = parseJsonTree(text, 'the metadata of DigitalOcean');
  const id = textOf(tree, 'droplet_id');
  if (id === undefined)
    throw new KitError('Cannot read the metadata of DigitalOcean: it has no "droplet_id"');
  const [userdata, vendordata] = [textOf(tree, 'user_data'), textOf(tree, 'vendor_data')];
  const privateIp = textOf(tree, 'interfaces', 'private', 0, 'ipv4', 'ip_address');
  return {
    userdata: userdata === undefined ? undefined : Buffer.from(userdata),
    vendordata: vendordata === undefined ? undefined : Buffer.from(vendordata),
    instanceId: id,
    hostname: textOf(tree, 'hostname'),
    sshKeys: textsOf(nodeAt(tree, 'public_keys')),
    facts: {
      public_ipv4: textOf(tree, 'interfaces', 'public', 0, 'ipv4', 'ip_address'),
      local_ipv4: privateIp,
      availability_zone: textOf(tree, 'region'),
      // LinuxKit's names.
      private_ipv4: privateIp,
      region: textOf(tree, 'region'),
      id,
    },
  };
}
