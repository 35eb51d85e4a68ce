import { metadataNetworkVariable } from '../../../lib/bundle/metadata-network.ts';
import type { ImageConfig } from '../../../lib/oci/types.ts';
import type { Manifest } from '../../manifest/types.ts';
import { decidesAboutMetadata } from '../metadata.ts';
import type { Spec } from '../oci/oci-runtime.ts';

/** Whether `network: {metadata: true}` is set; of several manifests the last that has the key counts. */
export const takesMetadataNetwork = ({ network }: Pick<Manifest, 'network'>): boolean =>
  network.findLast(({ value }) => value.metadata !== undefined)?.value.metadata === true;

/** Tells the program that reads metadata whether it may ask for a network; the entry's own `env` cannot. */
export function withMetadataNetwork(spec: Spec, image: ImageConfig['config'], may: boolean): Spec {
  const { process } = spec;
  const isOurs = (pair: string): boolean => pair.startsWith(`${metadataNetworkVariable}=`);
  if (!decidesAboutMetadata(image) || (!may && !process.env?.some(isOurs))) return spec;
  const others = (process.env ?? []).filter((pair) => !isOurs(pair));
  const env = may ? [...others, `${metadataNetworkVariable}=yes`] : others;
  return { ...spec, process: { ...process, env } };
}
