import type { Metadata } from '../metadata.ts';
import { decodeBase64 } from '../yaml.ts';
import { childAt, type XmlElement } from './xml.ts';

/**
 * What the disc of a new machine in Azure says. A key of an older way to deploy has only the fingerprint of a
 * certificate.
 */
export function azureEnvironment(environment: XmlElement, section: XmlElement): Metadata {
  const textOf = (...names: readonly string[]): string | undefined =>
    childAt(section, 'LinuxProvisioningConfigurationSet', ...names)?.text.trim() || undefined;
  const listed = childAt(section, 'LinuxProvisioningConfigurationSet', 'SSH', 'PublicKeys')?.children ?? [];
  const keys = listed.map((key) => childAt(key, 'Value')?.text.trim() ?? '');
  const encoded = textOf('CustomData');
  const userdata = encoded === undefined ? undefined : decodeBase64(encoded);
  const settings = childAt(environment, 'PlatformSettingsSection', 'PlatformSettings');
  const isBare = settings && childAt(settings, 'PreprovisionedVm')?.text.trim().toLowerCase() === 'true';
  return {
    ...{ provider: 'Azure', hostname: textOf('HostName'), userdata },
    sshKeys: keys.filter((key) => key !== ''),
    notes: [
      ...(textOf('UserPassword') ? ['not obeyed: a password of Azure: nobody logs in with one'] : []),
      ...(keys.includes('') ? ['not obeyed: a key of Azure that is in a certificate'] : []),
      ...(isBare
        ? ['not obeyed: Azure means to describe this machine later, which kit does not wait for']
        : []),
    ],
    problems:
      encoded !== undefined && userdata === undefined
        ? ['Cannot read the custom data of Azure: it is not base64']
        : [],
  };
}
