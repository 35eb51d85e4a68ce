import { KitError } from '../../errors/errors.ts';
import type { Metadata } from '../metadata.ts';
import { decodeText } from '../user-data/unpack.ts';
import { decodeBase64 } from '../yaml.ts';
import { azureEnvironment } from './azure-environment.ts';
import { childAt, parseXml, type XmlElement } from './xml.ts';

/** On a disc of Azure, of VMware, and of others who deploy OVF packages. */
export const ovfFile = 'ovf-env.xml';

/**
 * Reads `ovf-env.xml` ("Open Virtualization Format Specification" of DMTF, 9.5 and 11): Azure's own section,
 * or properties with the names that cloud-init gave them.
 * @throws KitError when it is no XML, or no OVF environment
 */
export function parseOvfEnvironment(content: Buffer): Metadata {
  const environment = parseXml(decodeText(content).text, ovfFile);
  if (environment.name !== 'Environment')
    throw new KitError(`Cannot read ${ovfFile}: expected an OVF environment`);
  const azure = childAt(environment, 'ProvisioningSection');
  return azure ? azureEnvironment(environment, azure) : propertiesOf(environment);
}

/** Names of properties that ask for what kit does not do; others are for programs of the machine's owner. */
const unobeyed: Readonly<Record<string, string>> = {
  seedfrom: 'of OVF, the properties alone count',
  password: 'nobody logs in with a password',
};

/** An environment also has the properties of other machines, in their `Entity`. */
function propertiesOf(environment: XmlElement): Metadata {
  const rows = childAt(environment, 'PropertySection')?.children ?? [];
  const values = new Map(
    rows.map(({ attributes }) => [attributes.get('key') ?? '', attributes.get('value')?.trim() ?? '']),
  );
  const propertyOf = (...keys: readonly string[]): string | undefined =>
    keys.map((key) => values.get(key)).find((value) => value);
  const [userdata, network] = [propertyOf('user-data'), propertyOf('network-config')];
  return {
    provider: 'OVF',
    hostname: propertyOf('hostname', 'local-hostname'),
    instanceId: propertyOf('instance-id'),
    userdata: userdata === undefined ? undefined : unpacked(userdata),
    network: network === undefined ? undefined : { form: 'network-config', content: unpacked(network) },
    sshKeys: [propertyOf('public-keys') ?? []].flat(),
    notes: Object.entries(unobeyed).flatMap(([name, why]) =>
      propertyOf(name) === undefined ? [] : [`not obeyed: the property "${name}" of ${ovfFile}: ${why}`],
    ),
  };
}

/** Base64 where it is that: a text that begins as user data does is none. */
const unpacked = (text: string): Buffer => decodeBase64(text) ?? Buffer.from(text);
