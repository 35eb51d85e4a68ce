/** Where a kind of data volume has its files: paths, the first of which that is there counts. */
export interface Layout {
  /** Labels, in lower case, of volumes that are read though nobody names them. */
  readonly label: string;
  readonly userData: readonly string[];
  readonly metaData: readonly string[];
  readonly vendorData: readonly string[];
  /** Named, not obeyed; and why. */
  readonly unobeyed: readonly (readonly [path: string, why: string])[];
}

const network = 'the manifest and DHCP give the machine its addresses';

/**
 * cloud-init's NoCloud and LinuxKit's CD (a file `config`); OpenStack's config drive, and the files in it
 * that are laid out as EC2's.
 */
export const layouts: readonly Layout[] = [
  {
    label: 'cidata',
    userData: ['user-data', 'config'],
    metaData: ['meta-data'],
    vendorData: ['vendor-data'],
    unobeyed: [['network-config', network]],
  },
  {
    label: 'config-2',
    userData: ['openstack/latest/user_data'],
    metaData: ['openstack/latest/meta_data.json'],
    vendorData: ['openstack/latest/vendor_data.json'],
    unobeyed: [
      ['openstack/latest/network_data.json', network],
      ['openstack/latest/vendor_data2.json', 'of vendor data, vendor_data.json alone counts'],
    ],
  },
  {
    label: 'config-2',
    userData: ['ec2/latest/user-data'],
    metaData: ['ec2/latest/meta-data.json'],
    vendorData: [],
    unobeyed: [],
  },
];

export const isDataLabel = (label: string): boolean =>
  layouts.some((layout) => layout.label === label.toLowerCase());

/** Labels, in lower case, of volumes that other programs read metadata from, and what those hold. */
const foreignLabels: ReadonlyMap<string, string> = new Map([
  ['ignition', "Ignition's configuration"],
  ['combustion', "Combustion's scripts"],
  ['ovf env', 'an OVF environment'],
]);

export const foreignContent = (label: string): string | undefined => foreignLabels.get(label.toLowerCase());

/** A file that somebody meant to be one of the above: `user-data.txt`, `userdata`, `network_config.yaml`. */
export function misnamed(names: readonly string[]): [name: string, right: string][] {
  return names.flatMap((name): [string, string][] => {
    const [, first, second] = /^(user|meta|vendor|network)[-_ ]?(data|config)(\.\w+)?$/i.exec(name) ?? [];
    const right = `${first}-${second}`.toLowerCase();
    const known = layouts.flatMap(({ userData, metaData, vendorData, unobeyed }) => [
      ...[...userData, ...metaData, ...vendorData, ...unobeyed.map(([path]) => path)],
    ]);
    return first !== undefined && known.includes(right) && name.toLowerCase().replace('_', '-') !== right
      ? [[name, right]]
      : [];
  });
}
