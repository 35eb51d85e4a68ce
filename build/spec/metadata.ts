import {
  localProviders,
  type MetadataProvider,
  type MetadataTrust,
  metadataLabel,
  trustVariable,
} from '../../lib/bundle/metadata.ts';
import type { ImageConfig } from '../../lib/oci/types.ts';
import type { MetadataSettings } from '../manifest/types.ts';
import type { Spec } from './oci/oci-runtime.ts';

type Image = ImageConfig['config'];

/** What the guest's metadata program trusts; undefined for everything. An image for production: nothing. */
export function metadataTrust(
  settings: MetadataSettings | undefined,
  production: boolean,
): MetadataTrust | undefined {
  const trust = settings?.trust;
  if (trust === undefined) return production ? { providers: [], untold: true } : undefined;
  if (isList(trust)) return { providers: trust };
  // Who says which disks or keys to trust has not said that the network is to be trusted.
  const { providers = localProviders, devices, signedBy } = trust;
  return { providers, ...(devices && { devices }), ...(signedBy && { signedBy: signedBy.map(rawKey) }) };
}

/** Array.isArray does not narrow a union with a read-only array. */
const isList = (trust: NonNullable<MetadataSettings['trust']>): trust is readonly MetadataProvider[] =>
  Array.isArray(trust);

/** The last 32 bytes of the key's blob, whose length the field table has checked. */
function rawKey(line: string): string {
  const [, blob = ''] = line.split(' ');
  return Buffer.from(blob, 'base64').subarray(-32).toString('base64');
}

/** Whether the image's program decides about metadata: kit's own does. */
export const decidesAboutMetadata = ({ Labels }: Image): boolean => Labels?.[metadataLabel] !== undefined;

/** Gives the trust to the program that obeys it; the entry's own `env` cannot replace it. */
export function withMetadataTrust(spec: Spec, image: Image, trust: MetadataTrust | undefined): Spec {
  if (trust === undefined || !decidesAboutMetadata(image)) return spec;
  const { process } = spec;
  const others = (process.env ?? []).filter((pair) => !pair.startsWith(`${trustVariable}=`));
  return { ...spec, process: { ...process, env: [...others, `${trustVariable}=${JSON.stringify(trust)}`] } };
}
