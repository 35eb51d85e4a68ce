import { KitError } from '../../../lib/errors/errors.ts';
import { parseMetaData } from '../../../lib/metadata/meta-data.ts';
import type { Metadata } from '../../../lib/metadata/metadata.ts';
import { vendorDataOf } from '../../../lib/metadata/seed/vendor-data.ts';
import { type Cloud, metadataService } from '../cloud/cloud.ts';
import { maximalUserData } from '../cloud/session.ts';

export interface OpenStackAnswers {
  /** `meta_data.json` */
  readonly metaData: Buffer;
  readonly userData: Buffer | undefined;
  /** `vendor_data.json` */
  readonly vendorData: Buffer | undefined;
  /** Of the part that is laid out as Amazon's, by file name below /run/config. */
  readonly facts: Readonly<Record<string, string | undefined>>;
}

/** Names of LinuxKit's files, and the paths of Amazon's layout, which has what OpenStack's own lacks. */
const facts = {
  public_ipv4: 'public-ipv4',
  local_ipv4: 'local-ipv4',
  local_hostname: 'local-hostname',
  availability_zone: 'placement/availability-zone',
  instance_type: 'instance-type',
} as const;

/** OpenStack's metadata service, which has the same files as its config drive. */
export const openstack: Cloud = {
  name: 'openstack',
  provider: 'openstack',
  async ask({ open }) {
    const session = open(metadataService);
    const metaData = await session.get('/openstack/latest/meta_data.json');
    if (metaData === undefined) throw new KitError('Cannot read the metadata of OpenStack: status 404');
    const userData = await session.get('/openstack/latest/user_data', { maximalBytes: maximalUserData });
    const vendorData = await session.get('/openstack/latest/vendor_data.json', {
      maximalBytes: maximalUserData,
    });
    const found = await Promise.all(
      Object.entries(facts).map(
        async ([name, path]) => [name, await session.text(`/latest/meta-data/${path}`)] as const,
      ),
    );
    return parseOpenStack({ metaData, userData, vendorData, facts: Object.fromEntries(found) });
  },
};

/** @throws KitError when one of the files is not JSON */
export function parseOpenStack({ metaData, userData, vendorData, facts }: OpenStackAnswers): Metadata {
  const described = parseMetaData(metaData);
  return {
    ...described,
    userdata: userData?.length ? userData : undefined,
    vendordata: vendorDataOf('vendor_data.json', vendorData),
    facts: { ...facts },
  };
}
