import { KitError } from '../../../lib/errors/errors.ts';
import { parseMetaData } from '../../../lib/metadata/meta-data.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { parseYaml, textsOf, valueAt } from '../../../lib/metadata/yaml.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { textOf } from '../cloud/facts.ts';
import { maximalUserData } from '../cloud/session.ts';

/** Hetzner Cloud, whose metadata is YAML. */
export const hetzner: Cloud = {
  name: 'hetzner',
  provider: 'Hetzner',
  async ask({ open }) {
    const session = open(metadataService);
    const text = await session.text('/hetzner/v1/metadata');
    if (text === undefined) throw new KitError('Cannot read the metadata of Hetzner: status 404');
    const userdata = await session.get('/hetzner/v1/userdata', { maximalBytes: maximalUserData });
    const networks = await session.text('/hetzner/v1/metadata/private-networks');
    return parseHetzner(text, userdata, networks);
  },
};

/** @throws KitError */
export function parseHetzner(text: string, userdata: Buffer | undefined, networks = ''): Metadata {
  const { tree } = parseYaml(text, 'the metadata of Hetzner');
  if (textOf(tree, 'instance-id') === undefined)
    throw new KitError('Cannot read the metadata of Hetzner: it has no "instance-id"');
  const [privateIp] = ipsOf(networks);
  const vendordata = textOf(tree, 'vendor_data');
  const { hostname, instanceId, sshKeys } = parseMetaData(text);
  return {
    ...{ hostname, instanceId, sshKeys },
    userdata: userdata?.length ? userdata : undefined,
    vendordata: vendordata === undefined ? undefined : Buffer.from(vendordata),
    facts: {
      public_ipv4: textOf(tree, 'public-ipv4'),
      local_ipv4: textOf(tree, 'local-ipv4') ?? privateIp,
      availability_zone: textOf(tree, 'availability-zone'),
      region: textOf(tree, 'region'),
    },
  };
}

/** Of `- ip: 10.0.0.2` and more; a machine without private networks has none. */
function ipsOf(networks: string): string[] {
  const { tree } = parseYaml(networks, 'the private networks of Hetzner');
  return Array.isArray(tree) ? tree.flatMap((network) => textsOf(valueAt(network, 'ip'))) : [];
}
