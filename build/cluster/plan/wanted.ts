import { createHash } from 'node:crypto';
import { parsePublish } from '../../backend/request/publish.ts';
import type { PublishedPort } from '../../machine/records/state.ts';
import { type Cluster, fullName, type Group, indexesOf, shortName } from '../file/cluster.ts';
import { fillPlaceholders } from '../file/placeholders.ts';
import { type Addresses, macOf } from './addresses.ts';
import type { Described } from './plan.ts';

/** A machine as the file wants it, with everything that it is started with. */
export interface WantedMachine extends Described {
  readonly group: Group;
  readonly index: number;
  readonly image: ReadyImage;
  readonly publish: readonly PublishedPort[];
  /** In the order of its interfaces from eth1 on. */
  readonly cards: readonly { readonly network: string; readonly mac: string; readonly address: string }[];
  readonly metadata: string | undefined;
}

/** An image whose files are there. */
export interface ReadyImage {
  /** What `kit run` takes. */
  readonly path: string;
  /** sha256 of its files. */
  readonly digest: string;
}

/** The machines of the cluster, in the order of its file. @param images by the names of groups */
export function wantedMachines(
  cluster: Cluster,
  addresses: Addresses,
  images: ReadonlyMap<string, ReadyImage>,
): WantedMachine[] {
  return cluster.groups.flatMap((group) => {
    const image = images.get(group.name);
    if (!image) throw new Error(`no image for group ${group.name}`);
    return indexesOf(group).map((index) => wantedMachine(cluster.name, group, index, addresses, image));
  });
}

function wantedMachine(
  cluster: string,
  group: Group,
  index: number,
  addresses: Addresses,
  image: ReadyImage,
): WantedMachine {
  const name = fullName(cluster, group.name, index);
  const short = shortName(group.name, index);
  const meanings = { cluster, group: group.name, name, index, addresses };
  const publish = group.publish.map((text) => parsePublish(fillPlaceholders(text, meanings)));
  const cards = group.networks.map((network) => ({
    network,
    mac: macOf(cluster, short, network),
    address: addresses[network]?.[short] ?? '',
  }));
  const metadata = group.metadata === undefined ? undefined : fillPlaceholders(group.metadata, meanings);
  const settings = settingsOf(group, image, { publish, cards, metadata });
  return { name, settings, group, index, image, publish, cards, metadata };
}

/** What a running machine is compared by; secrets of its metadata are not in its record. */
function settingsOf(
  { backend, memoryMiB, cpus, disks }: Group,
  { digest }: ReadyImage,
  { publish, cards, metadata }: Pick<WantedMachine, 'publish' | 'cards' | 'metadata'>,
): Record<string, string> {
  return {
    image: digest,
    backend,
    memory: String(memoryMiB ?? ''),
    cpus: String(cpus ?? ''),
    disks: disks.map(({ serial, sizeBytes }) => `${serial}=${sizeBytes}`).join(' '),
    publish: JSON.stringify(publish),
    networks: cards.map(({ network, address }) => `${network}=${address}`).join(' '),
    metadata: metadata === undefined ? '' : createHash('sha256').update(metadata).digest('hex'),
  };
}
