import type { CloudName } from '../../../lib/bundle/metadata.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { aws } from './aws.ts';
import { azure } from './azure.ts';
import { digitalocean } from './digitalocean.ts';
import { equinixmetal } from './equinixmetal.ts';
import { gcp } from './gcp.ts';
import { hetzner } from './hetzner.ts';
import { nocloud, nocloudHttp } from './nocloud.ts';
import { openstack } from './openstack.ts';
import { oracle } from './oracle.ts';
import { scaleway } from './scaleway.ts';
import { vmware } from './vmware.ts';
import { vultr } from './vultr.ts';

/** Every cloud by its name in manifests and on the command line. */
export const clouds: Readonly<Record<CloudName, Cloud>> = {
  ...{ aws, gcp, azure, openstack, digitalocean, hetzner, scaleway, vultr, oracle, equinixmetal, vmware },
  ...{ nocloud, 'nocloud-http': nocloudHttp },
};
