import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { cloudsProvider } from '../cloud/ask-clouds.ts';
import type { Hardware } from '../cloud/hardware.ts';
import { readTrust, type Trust, trustOf } from '../trust/trust.ts';
import { type FakeSettings, fakeHypervisor } from '../vmware/testing/fake-hypervisor.ts';
import { vmwareBy } from './vmware.ts';

const hardware: Hardware = {
  ...{ vendor: 'VMware, Inc.', product: 'VMware20,1', serial: 'VMware-42 1a', uuid: '421A-B' },
  ...{ assetTag: '', hypervisorUuid: '' },
};
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example';
const emptyDrive = { name: 'none', probe: async () => undefined };

interface Told {
  readonly metadata?: Metadata | undefined;
  readonly notes: readonly string[];
}

/** As the program asks it: recognised, and under the manifest's trust. */
async function tell(settings: FakeSettings, trust: Trust = readTrust({}), arch = 'x64'): Promise<Told> {
  const cloud = vmwareBy(() => fakeHypervisor(settings).backdoor, arch);
  const notes: string[] = [];
  const provider = cloudsProvider([{ cloud, isRecognised: true }], hardware, trust, { disc: emptyDrive });
  const metadata = await provider.probe((line) => notes.push(line));
  return { metadata, notes };
}

test('what cloud-init reads: name, id, keys, user data, network', async () => {
  const metadata = `
    local-hostname: web
    instance-id: i-1
    public-keys-data: "${key}"
    network: {version: 2, ethernets: {eth0: {dhcp4: true}}}
    cleanup-guestinfo: [userdata]`;
  const told = await tell({ values: { metadata, userdata: '#cloud-config\n', vendordata: 'v' } });
  expect(told).toMatchObject({
    notes: [],
    metadata: {
      ...{ provider: 'VMware', hostname: 'web', instanceId: 'i-1', sshKeys: [key] },
      ...{ userdata: Buffer.from('#cloud-config\n'), vendordata: Buffer.from('v') },
      network: {
        form: 'network-config',
        content: Buffer.from('{"version":"2","ethernets":{"eth0":{"dhcp4":"true"}}}'),
      },
      notes: ['not obeyed: guestinfo that is to be deleted once it is read: it stays'],
    },
  });
});

test('user data alone; the id is that of the machine', async () => {
  const { metadata } = await tell({ values: { userdata: 'x' } });
  expect(metadata).toMatchObject({ instanceId: '421a-b', userdata: Buffer.from('x') });
});

test('a network that is a text of its own, encoded or not', async () => {
  const text = 'version: 2\nethernets: {}\n';
  const encoded = Buffer.from(text).toString('base64');
  for (const metadata of [{ network: text }, { network: encoded, 'network.encoding': 'base64' }]) {
    const told = await tell({ values: { metadata: JSON.stringify(metadata) } });
    expect(told.metadata?.network?.content.toString()).toBe(text);
  }
  const damaged = { network: '%', 'network.encoding': 'base64', 'local-hostname': 'web' };
  expect(await tell({ values: { metadata: JSON.stringify(damaged) } })).toMatchObject({
    metadata: { hostname: 'web', problems: ['Cannot read guestinfo.metadata.network: it is not base64'] },
  });
});

test('an OVF environment; one that says nothing of the machine does not count', async () => {
  const shape = join(import.meta.dirname, '../../../lib/metadata/ovf/testdata/vmware.xml');
  const ovfEnv = readFileSync(shape);
  expect(await tell({ values: { ovfEnv } })).toMatchObject({
    metadata: { provider: 'VMware', hostname: 'web', instanceId: 'id-ovf', sshKeys: [key] },
  });
  const vApp = '<Environment><PropertySection/></Environment>';
  expect((await tell({ values: { ovfEnv: vApp } })).metadata).toBeUndefined();
});

test('without guestinfo, and on arm64, nothing is wrong', async () => {
  const notes = (why: string): string[] => [
    `no metadata from vmware: Cannot read VMware's guestinfo: ${why}`,
  ];
  expect(await tell({})).toEqual({ notes: notes('nothing in it is for this machine') });
  const arm = await tell({ values: { userdata: 'x' } }, readTrust({}), 'arm64');
  expect(arm).toEqual({ notes: notes('kit knows no way to it but that of amd64') });
});

test('a hypervisor that does not answer is a fault; one that is not trusted is not asked', async () => {
  const settings = { refused: { type: 0, status: 0 } };
  await expect(tell(settings)).rejects.toThrow('Cannot read the metadata of the cloud');
  const told = await tell(settings, trustOf({ providers: ['cdrom'] }));
  expect(told).toEqual({
    notes: ['not asked: the metadata service of vmware: "vmware" is not in metadata.trust of the manifest'],
  });
});

test('metadata that is no YAML is a fault', async () => {
  await expect(tell({ values: { metadata: '{' } })).rejects.toThrow('Cannot read the metadata of the cloud');
});
