import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { decodeBase64 } from '../../../lib/metadata/yaml.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';

/** Version 2 alone: it answers nobody who cannot set a header. */
const headers = { Authorization: 'Bearer Oracle' };

/** Oracle Cloud Infrastructure. */
export const oracle: Cloud = {
  name: 'oracle',
  provider: 'Oracle',
  async ask({ open }) {
    const session = open(metadataService);
    const text = await session.text('/opc/v2/instance/', { headers, maximalBytes: maximalUserData });
    if (text === undefined) throw new KitError('Cannot read the metadata of Oracle: status 404');
    return parseOracle(text, await session.text('/opc/v2/vnics/', { headers }));
  },
};

/** @throws KitError */
export function parseOracle(text: string, vnics = '[]'): Metadata {
  const tree = parseJsonTree(text, 'the metadata of Oracle');
  const id = textOf(tree, 'id');
  if (id === undefined) throw new KitError('Cannot read the metadata of Oracle: it has no "id"');
  const encoded = textOf(tree, 'metadata', 'user_data');
  const userdata = encoded === undefined ? undefined : decodeBase64(encoded);
  const keys = textOf(tree, 'metadata', 'ssh_authorized_keys');
  return {
    userdata: userdata?.length ? userdata : undefined,
    instanceId: id,
    hostname: textOf(tree, 'hostname') ?? textOf(tree, 'displayName'),
    sshKeys: keys === undefined ? [] : [keys],
    facts: {
      local_ipv4: textOf(parseJsonTree(vnics, 'the interfaces of Oracle'), 0, 'privateIp'),
      local_hostname: textOf(tree, 'hostname'),
      availability_zone: textOf(tree, 'availabilityDomain'),
      instance_type: textOf(tree, 'shape'),
      region: textOf(tree, 'canonicalRegionName') ?? textOf(tree, 'region'),
    },
    problems:
      encoded !== undefined && userdata === undefined
        ? ['Cannot read the user data of Oracle: it is not base64']
        : [],
  };
}
