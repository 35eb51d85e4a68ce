import { KitError } from '../../../lib/errors/errors.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { decodeBase64, isList, isMap, textsOf } from '../../../lib/metadata/yaml.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { nodeAt, textOf } from '../cloud/facts.ts';
import { parseJsonTree } from '../cloud/json.ts';
import { maximalUserData } from '../cloud/session.ts';
import { reportReady, wireServer } from './azure-fabric.ts';

/** The oldest version with `userData`, so that every region has it. */
const path = '/metadata/instance?api-version=2021-01-01';

/**
 * Azure's Instance Metadata Service, and the disc with ovf-env.xml that the first boot of a machine has. That
 * one has `customData`, which cloud-init takes before the newer `userData` of the service.
 */
export const azure: Cloud = {
  name: 'azure',
  provider: 'Azure',
  async ask({ open }) {
    const session = open(metadataService);
    const body = await session.get(path, {
      headers: { Metadata: 'true' },
      maximalBytes: maximalUserData,
    });
    if (body === undefined) throw new KitError('Cannot read the metadata of Azure: status 404');
    return parseAzure(body.toString('utf8'));
  },
  withDisc(service, disc) {
    const isOfAzure = disc.provider === 'Azure';
    if (service === undefined) return isOfAzure ? disc : undefined;
    const problems = [...(service.problems ?? []), ...(disc.problems ?? [])];
    if (!isOfAzure) return { ...service, problems };
    return {
      ...service,
      userdata: disc.userdata ?? service.userdata,
      sshKeys: service.sshKeys.length > 0 ? service.sshKeys : disc.sshKeys,
      notes: [...(service.notes ?? []), ...(disc.notes ?? [])],
      problems,
    };
  },
  report: ({ open }) => reportReady(open(wireServer)),
};

/** @throws KitError */
export function parseAzure(text: string): Metadata {
  const tree = parseJsonTree(text, 'the metadata of Azure');
  const compute = nodeAt(tree, 'compute');
  if (!isMap(compute)) throw new KitError('Cannot read the metadata of Azure: it has no "compute"');
  const address = nodeAt(tree, 'network', 'interface', 0, 'ipv4', 'ipAddress', 0);
  const keys = nodeAt(compute, 'publicKeys');
  const zone = textOf(compute, 'zone');
  const location = textOf(compute, 'location');
  const encoded = textOf(compute, 'userData');
  const userdata = encoded === undefined ? undefined : decodeBase64(encoded);
  return {
    userdata: userdata?.length ? userdata : undefined,
    instanceId: textOf(compute, 'vmId'),
    hostname: textOf(compute, 'osProfile', 'computerName') ?? textOf(compute, 'name'),
    // Some of Azure's tools break keys into lines of CRLF.
    sshKeys: isList(keys)
      ? keys.flatMap((key) => textsOf(nodeAt(key, 'keyData'))).map((key) => key.replace(/\r\n(?!\S+-)/g, ''))
      : [],
    facts: {
      public_ipv4: textOf(address, 'publicIpAddress'),
      local_ipv4: textOf(address, 'privateIpAddress'),
      local_hostname: textOf(compute, 'osProfile', 'computerName') ?? textOf(compute, 'name'),
      availability_zone: zone && location ? `${location}-${zone}` : location,
      instance_type: textOf(compute, 'vmSize'),
    },
    problems:
      encoded !== undefined && userdata === undefined
        ? ['Cannot read the user data of Azure: it is not base64']
        : [],
  };
}
