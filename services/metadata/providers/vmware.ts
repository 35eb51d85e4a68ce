import { KitError } from '../../../lib/errors/errors.ts';
import { parseMetaData } from '../../../lib/metadata/meta-data.ts';
import type { Metadata, NetworkDocument } from '../../../lib/metadata/metadata.ts';
import { parseOvfEnvironment } from '../../../lib/metadata/ovf/ovf-environment.ts';
import { decodeText } from '../../../lib/metadata/user-data/unpack.ts';
import { isMap, parseYaml, textAt, textsOf, valueAt, type YamlValue } from '../../../lib/metadata/yaml.ts';
import { type Cloud, NothingThereError } from '../cloud/cloud.ts';
import { type Backdoor, openBackdoor } from '../vmware/backdoor.ts';
import { askGuestinfo, decodeGuestinfo, type Guestinfo } from '../vmware/guestinfo.ts';

/**
 * VMware's guestinfo, which the hypervisor gives without a network: any machine of vSphere, Workstation or
 * Fusion may have some, and most have none.
 */
export const vmwareBy = (open: () => Backdoor, arch: string = process.arch): Cloud => ({
  name: 'vmware',
  provider: 'VMware',
  async ask({ hardware }) {
    if (arch !== 'x64')
      throw new NothingThereError("Cannot read VMware's guestinfo: kit knows no way to it but that of amd64");
    const found = askGuestinfo(open());
    const metadata = parseGuestinfo(found, hardware.uuid.toLowerCase());
    if (metadata === undefined)
      throw new NothingThereError("Cannot read VMware's guestinfo: nothing in it is for this machine");
    return metadata;
  },
});

export const vmware = vmwareBy(openBackdoor);

/**
 * Undefined where it says nothing: vCenter gives an environment to every machine of a vApp.
 * @param id of the machine, where its metadata has none
 * @throws KitError
 */
export function parseGuestinfo(
  { metadata, userdata, vendordata, ovfEnv }: Guestinfo,
  id: string,
): Metadata | undefined {
  if (metadata ?? userdata ?? vendordata) {
    const described = describe(metadata ?? Buffer.of());
    return { ...described, instanceId: described.instanceId ?? (id || undefined), userdata, vendordata };
  }
  if (ovfEnv === undefined) return undefined;
  const environment = parseOvfEnvironment(ovfEnv);
  const { hostname, instanceId, network, sshKeys } = environment;
  const says = [hostname, instanceId, environment.userdata, network, ...sshKeys];
  return says.some((one) => one !== undefined) ? environment : undefined;
}

/** As NoCloud's meta-data, with two more keys of its own. */
function describe(content: Buffer): Omit<Metadata, 'userdata' | 'vendordata'> {
  const { tree } = parseYaml(decodeText(content).text, 'meta-data');
  const described = parseMetaData(content);
  const isRedacted = ['redact', 'cleanup-guestinfo'].some((key) => valueAt(tree, key) !== undefined);
  return {
    ...described,
    ...networkOf(tree),
    sshKeys: [
      ...['public-keys-data', 'public_keys_data'].flatMap((key) => textsOf(valueAt(tree, key))),
      ...described.sshKeys,
    ],
    notes: [
      ...(described.notes ?? []),
      ...(isRedacted ? ['not obeyed: guestinfo that is to be deleted once it is read: it stays'] : []),
    ],
  };
}

/** The settings themselves, or a text of them, which may be encoded as the values of guestinfo are. */
function networkOf(tree: YamlValue): { network?: NetworkDocument; problems?: readonly string[] } {
  const network = valueAt(tree, 'network');
  const form = 'network-config';
  if (isMap(network)) return { network: { form, content: Buffer.from(JSON.stringify(network)) } };
  const text = textAt(tree, 'network');
  if (text === undefined) return {};
  try {
    const encoding = textAt(tree, 'network.encoding');
    return { network: { form, content: decodeGuestinfo('metadata.network', Buffer.from(text), encoding) } };
  } catch (error) {
    if (!(error instanceof KitError)) throw error;
    return { problems: [error.message] };
  }
}
