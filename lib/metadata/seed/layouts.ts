import { ovfFile } from '../ovf/ovf-environment.ts';

/** Where a kind of data volume has its files: paths, the first of which that is there counts. */
export interface Layout {
  /** In lower case: of volumes that are read though nobody names them. */
  readonly labels: readonly string[];
  readonly userData: readonly string[];
  readonly metaData: readonly string[];
  readonly vendorData: readonly string[];
  readonly network: readonly string[];
  /** Named, not obeyed; and why. */
  readonly unobeyed: readonly (readonly [path: string, why: string])[];
}

/**
 * cloud-init's NoCloud and LinuxKit's CD (a file `config`); OpenStack's config drive, and the files in it
 * that are laid out as EC2's; the disc with an OVF environment of Azure and VMware.
 */
export const layouts: readonly Layout[] = [
  {
    labels: ['cidata'],
    userData: ['user-data', 'config'],
    metaData: ['meta-data'],
    vendorData: ['vendor-data'],
    network: ['network-config'],
    unobeyed: [],
  },
  {
    labels: ['config-2'],
    userData: ['openstack/latest/user_data'],
    metaData: ['openstack/latest/meta_data.json'],
    vendorData: ['openstack/latest/vendor_data.json'],
    network: ['openstack/latest/network_data.json'],
    unobeyed: [['openstack/latest/vendor_data2.json', 'of vendor data, vendor_data.json alone counts']],
  },
  {
    labels: ['config-2'],
    userData: ['ec2/latest/user-data'],
    metaData: ['ec2/latest/meta-data.json'],
    vendorData: [],
    network: [],
    unobeyed: [],
  },
  {
    labels: ['ovf env', 'ovfenv', 'ovf-transport'],
    userData: [],
    metaData: [ovfFile],
    vendorData: [],
    network: [],
    unobeyed: [],
  },
];

export const isDataLabel = (label: string): boolean =>
  layouts.some(({ labels }) => labels.includes(label.toLowerCase()));

/** Labels, in lower case, of volumes that other programs read metadata from, and what those hold. */
const foreignLabels: ReadonlyMap<string, string> = new Map([
  ['ignition', "Ignition's configuration"],
  ['combustion', "Combustion's scripts"],
]);

export const foreignContent = (label: string): string | undefined => foreignLabels.get(label.toLowerCase());

/** A file that somebody meant to be one of the above: `user-data.txt`, `userdata`, `network_config.yaml`. */
export function misnamed(names: readonly string[]): [name: string, right: string][] {
  return names.flatMap((name): [string, string][] => {
    const [, first, second] = /^(user|meta|vendor|network)[-_ ]?(data|config)(\.\w+)?$/i.exec(name) ?? [];
    const right = `${first}-${second}`.toLowerCase();
    const known = layouts.flatMap(({ userData, metaData, vendorData, network, unobeyed }) => [
      ...[...userData, ...metaData, ...vendorData, ...network, ...unobeyed.map(([path]) => path)],
    ]);
    return first !== undefined && known.includes(right) && name.toLowerCase().replace('_', '-') !== right
      ? [[name, right]]
      : [];
  });
}
