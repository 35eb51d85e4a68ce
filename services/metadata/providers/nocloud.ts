import { KitError } from '../../../lib/errors/errors.ts';
import { parseMetaData } from '../../../lib/metadata/meta-data.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { shownUrl } from '../cloud/http-request.ts';
import { parseSeedPlace, type SeedPlace } from '../cloud/seed-place.ts';
import { maximalUserData, type Question } from '../cloud/session.ts';

/**
 * NoCloud over HTTP, at the place that the SMBIOS serial number names, as Proxmox and QEMU's `-smbios
 * type=1,serial=…` set it. Over http without TLS only as `nocloud-http`, which the manifest must name.
 */
const nocloudOf = (name: 'nocloud' | 'nocloud-http'): Cloud => ({
  name,
  provider: 'NoCloud',
  async ask({ open, hardware }) {
    const place = parseSeedPlace(hardware.serial);
    if (place === undefined)
      throw new KitError('Cannot find a seed: the serial number of the machine names none');
    if (place.url.protocol === 'http:' && name !== 'nocloud-http')
      throw new KitError(
        `Cannot read the seed "${shownUrl(place.url)}": without TLS whoever is on the way could change it; ` +
          'the provider "nocloud-http" would read it, where metadata.trust of the manifest names that',
      );
    const session = open(place.url.origin);
    const get = (file: string, question?: Question): Promise<Buffer | undefined> =>
      session.get(`${place.url.pathname}${file}${place.url.search}`, question);
    const metaData = await get('meta-data');
    const userData = await get('user-data', { maximalBytes: maximalUserData });
    const vendorData = await get('vendor-data', { maximalBytes: maximalUserData });
    if (metaData === undefined && userData === undefined)
      throw new KitError(
        `Cannot read the seed "${shownUrl(place.url)}": it has neither meta-data nor user-data`,
      );
    return parseSeed(place, metaData, userData, vendorData);
  },
});

export const nocloud = nocloudOf('nocloud');
export const nocloudHttp = nocloudOf('nocloud-http');

/** @throws KitError when meta-data is no YAML */
export function parseSeed(
  { hostname, instanceId }: SeedPlace,
  metaData: Buffer | undefined,
  userdata: Buffer | undefined,
  vendordata: Buffer | undefined,
): Metadata {
  const described = parseMetaData(metaData ?? '');
  return {
    ...described,
    hostname: described.hostname ?? hostname,
    instanceId: described.instanceId ?? instanceId,
    userdata: userdata?.length ? userdata : undefined,
    vendordata: vendordata?.length ? vendordata : undefined,
  };
}
