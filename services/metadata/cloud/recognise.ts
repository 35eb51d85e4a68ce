import type { CloudName } from '../../../lib/bundle/metadata.ts';
import type { Hardware } from './hardware.ts';
import { parseSeedPlace } from './seed-place.ts';

type Sign = (hardware: Hardware) => boolean;

/** Texts that a text may be, whatever the case. */
const oneOf =
  (key: keyof Hardware, ...texts: readonly string[]): Sign =>
  (hardware) =>
    texts.some((text) => text.toLowerCase() === hardware[key].toLowerCase());

const startsWith =
  (key: keyof Hardware, text: string): Sign =>
  (hardware) =>
    hardware[key].toLowerCase().startsWith(text.toLowerCase());

/**
 * What tells a cloud, by the documentation of each; any sign of a cloud is enough. The hypervisor writes
 * these texts, so whoever could forge them owns the machine anyway.
 */
export const signs: readonly (readonly [cloud: CloudName, signs: readonly Sign[]])[] = [
  [
    'aws',
    [
      oneOf('vendor', 'Amazon EC2'),
      startsWith('hypervisorUuid', 'ec2'),
      // Xen: the UUID and the serial number are the same, and begin with ec2.
      (hardware) =>
        startsWith('uuid', 'ec2')(hardware) && hardware.uuid.toLowerCase() === hardware.serial.toLowerCase(),
    ],
  ],
  ['gcp', [oneOf('product', 'Google Compute Engine'), startsWith('serial', 'GoogleCloud-')]],
  // "MSFT AZURE VM" in the codes of its letters.
  ['azure', [oneOf('assetTag', '7783-7084-3265-9085-8269-3286-77')]],
  [
    'openstack',
    [
      oneOf('product', 'OpenStack Nova', 'OpenStack Compute'),
      oneOf(
        'assetTag',
        ...['OpenStack Nova', 'OpenStack Compute', 'OpenTelekomCloud', 'SAP CCloud VM', 'HUAWEICLOUD'],
      ),
    ],
  ],
  ['digitalocean', [oneOf('vendor', 'DigitalOcean')]],
  ['hetzner', [oneOf('vendor', 'Hetzner')]],
  ['scaleway', [oneOf('vendor', 'Scaleway')]],
  ['vultr', [oneOf('vendor', 'Vultr')]],
  ['oracle', [oneOf('assetTag', 'OracleCloud.com')]],
  ['vmware', [startsWith('vendor', 'VMware')]],
  ['nocloud', [(hardware) => parseSeedPlace(hardware.serial)?.url.protocol === 'https:']],
  ['nocloud-http', [(hardware) => parseSeedPlace(hardware.serial)?.url.protocol === 'http:']],
];

/** The clouds that the machine's hardware looks like, mostly one or none. */
export function recogniseClouds(hardware: Hardware): CloudName[] {
  return signs.filter(([, all]) => all.some((sign) => sign(hardware))).map(([cloud]) => cloud);
}
