import type { CloudName } from '../../lib/bundle/metadata.ts';
import { aws, awsV1 } from './clouds/aws.ts';
import { azure } from './clouds/azure.ts';
import { digitalocean } from './clouds/digitalocean.ts';
import { gcp } from './clouds/gcp.ts';
import { hetzner } from './clouds/hetzner.ts';
import { nocloudHttp } from './clouds/nocloud.ts';
import { openstack } from './clouds/openstack.ts';
import { oracle } from './clouds/oracle.ts';
import { scaleway } from './clouds/scaleway.ts';
import { vultr } from './clouds/vultr.ts';
import type { FakeCloud } from './fake-cloud.ts';

/** Clouds whose service has a name and a certificate instead of an address: only their parsers are tested. */
type Named = 'equinixmetal' | 'nocloud';
/** services/metadata/vmware has the fake of VMware's, which has no service. */
export type FakeName = Exclude<CloudName, Named | 'vmware'>;

/** One for each cloud that kit knows. */
export const fakeClouds: Readonly<Record<FakeName, FakeCloud>> = {
  ...{ aws, gcp, azure, openstack, digitalocean, hetzner, scaleway, vultr, oracle },
  'nocloud-http': nocloudHttp,
};

export const fakeNames = Object.keys(fakeClouds) as FakeName[];

/** Others, for single tests. */
export const oddClouds: Readonly<Record<string, FakeCloud>> = { 'aws-v1': awsV1 };
