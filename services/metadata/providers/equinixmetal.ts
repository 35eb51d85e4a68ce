import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { isList, textsOf, type YamlValue } from '../../../lib/metadata/yaml.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { nodeAt, textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';

/**
 * Equinix Metal. Its machines are any maker's, so nothing recognises them, and the service has a name instead
 * of an address: over HTTPS, whose certificate says who answers.
 */
export const equinixmetal: Cloud = {
  name: 'equinixmetal',
  provider: 'EquinixMetal',
  async ask({ open }) {
    const session = open('https://metadata.platformequinix.com');
    const text = await session.text('/metadata');
    if (text === undefined) throw new KitError('Cannot read the metadata of Equinix Metal: status 404');
    return parseEquinixMetal(text, await session.get('/userdata', { maximalBytes: maximalUserData }));
  },
};

/** User data that iPXE has booted from is not meant for the system. @throws KitError */
export function parseEquinixMetal(text: string, userdata: Buffer | undefined): Metadata {
  const tree = parseJsonTree(text, 'the metadata of Equinix Metal');
  const id = textOf(tree, 'id');
  if (id === undefined) throw new KitError('Cannot read the metadata of Equinix Metal: it has no "id"');
  const found = nodeAt(tree, 'network', 'addresses');
  const ipv4 = isList(found) ? found.filter((one) => textOf(one, 'address_family') === '4') : [];
  const isPublic = (address: YamlValue): boolean => textOf(address, 'public') === 'true';
  const isUsed =
    userdata !== undefined && userdata.length > 0 && !userdata.toString('latin1').startsWith('#!ipxe');
  return {
    userdata: isUsed ? userdata : undefined,
    instanceId: id,
    hostname: textOf(tree, 'hostname'),
    sshKeys: textsOf(nodeAt(tree, 'ssh_keys')),
    facts: {
      public_ipv4: textOf(ipv4.find(isPublic), 'address'),
      local_ipv4: textOf(
        ipv4.find((address) => !isPublic(address)),
        'address',
      ),
      availability_zone: textOf(tree, 'facility'),
      instance_type: textOf(tree, 'plan'),
    },
  };
}
