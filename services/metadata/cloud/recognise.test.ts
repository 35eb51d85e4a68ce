import { expect, test } from 'vitest';
import { type Hardware, readHardware } from './hardware.ts';
import { recogniseClouds } from './recognise.ts';
import { parseSeedPlace } from './seed-place.ts';

const nothing = readHardware('/nowhere');

test.each<[string, Partial<Hardware>, string[]]>([
  ['nothing, as on arm64 without SMBIOS', {}, []],
  ['QEMU', { vendor: 'QEMU', product: 'Standard PC (i440FX + PIIX, 1996)' }, []],
  ['EC2 on Nitro', { vendor: 'Amazon EC2', product: 't3.micro' }, ['aws']],
  ['EC2 on Xen', { vendor: 'Xen', hypervisorUuid: 'ec2f1a52-2c8b' }, ['aws']],
  ['EC2 on Xen, by its serial number', { uuid: 'EC2F1A52-2C8B', serial: 'ec2f1a52-2c8b' }, ['aws']],
  ['a UUID that begins with ec2 by chance', { uuid: 'EC2F1A52-2C8B', serial: '' }, []],
  ['Google', { product: 'Google Compute Engine' }, ['gcp']],
  ['Google, by its serial number', { serial: 'GoogleCloud-1234' }, ['gcp']],
  ['Azure', { vendor: 'Microsoft Corporation', assetTag: '7783-7084-3265-9085-8269-3286-77' }, ['azure']],
  ['Hyper-V elsewhere', { vendor: 'Microsoft Corporation', product: 'Virtual Machine' }, []],
  ['OpenStack', { product: 'OpenStack Nova' }, ['openstack']],
  ['OpenStack of a vendor', { product: 'KVM', assetTag: 'OpenTelekomCloud' }, ['openstack']],
  ['DigitalOcean', { vendor: 'DigitalOcean', product: 'Droplet' }, ['digitalocean']],
  ['Hetzner', { vendor: 'Hetzner', product: 'vServer' }, ['hetzner']],
  ['Scaleway', { vendor: 'Scaleway' }, ['scaleway']],
  ['Vultr', { vendor: 'Vultr' }, ['vultr']],
  ['Oracle', { vendor: 'QEMU', assetTag: 'OracleCloud.com' }, ['oracle']],
  ['VMware', { vendor: 'VMware, Inc.', product: 'VMware20,1', serial: 'VMware-42 1a' }, ['vmware']],
  ['a seed', { serial: 'ds=nocloud;s=https://seed.example.org/' }, ['nocloud']],
  ['a seed without TLS', { serial: 'ds=nocloud-net;h=web;s=http://10.0.2.2:8000/' }, ['nocloud-http']],
  ['a seed nowhere', { serial: 'ds=nocloud;s=file:///seed/' }, []],
])('%s', (_case, hardware, clouds) => expect(recogniseClouds({ ...nothing, ...hardware })).toEqual(clouds));

test.each<[string, string | undefined]>([
  ['ds=nocloud;s=https://a.example', 'https://a.example/'],
  ['ds=nocloud;s=https://a.example/x?token=1', 'https://a.example/x/?token=1'],
  ['DS=NoCloud-Net; seedfrom=http://10.0.2.2:8000/web/;h=web;i=i-1', 'http://10.0.2.2:8000/web/'],
  ['ds=nocloud;s=https://user:secret@a.example/', undefined],
  ['ds=nocloud;s=ftp://a.example/', undefined],
  ['ds=nocloud', undefined],
  ['VMware-42 1a', undefined],
])('the seed of the serial number "%s"', (serial, url) => expect(parseSeedPlace(serial)?.url.href).toBe(url));
