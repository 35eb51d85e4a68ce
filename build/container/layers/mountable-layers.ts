import { erofsInodes } from '../../binary/erofs/inodes.ts';
import { derivedJson } from '../../cache/derived.ts';
import { unpackedLayer } from '../../layers/unpacked-layer.ts';
import type { InitrdLayer } from '../../media/initrd-layers.ts';
import { openImage } from '../../pieces/image-file.ts';
import { toolCommand } from '../../tools/command.ts';
import type { Work } from '../../work.ts';
import { idCount, isSingle, type MappedIds } from '../ids/id-range.ts';
import type { ContainerLayer } from '../launch.ts';
import { namespaceTools } from '../namespace-tools.ts';

/**
 * The layers in the form in which the launcher can mount them. Root mounts the files themselves. An ordinary
 * user cannot: EROFS is not for user namespaces, and FUSE takes /dev/fuse and is slower. So the layers are
 * unpacked once, into folders that overlayfs takes as well. Those belong to the user, so a layer whose files
 * have other owners is unpacked into memory at each start, if these owners are mapped.
 * @param ids null: root
 */
export async function mountableLayers(
  layers: readonly InitrdLayer[],
  ids: MappedIds | null,
  work: Work,
): Promise<ContainerLayer[]> {
  const mountable: ContainerLayer[] = [];
  for (const { id, use, file } of layers) {
    if (ids) mountable.push({ id, use, ...(await unpacked(file, ids, work)) });
    else mountable.push({ id, use, kind: 'image', path: file });
  }
  return mountable;
}

async function unpacked(
  file: string,
  ids: MappedIds,
  work: Work,
): Promise<Pick<ContainerLayer, 'kind' | 'path'>> {
  // Also checks the names in the layer, which comes from the image's author.
  const facts = await derivedJson(work, `layer facts 1 ${file}`, () => layerFacts(file));
  if (!isSingle(ids) && needsOwners(facts, ids)) return { kind: 'unpack', path: file };
  const { file: unshare, args } = toolCommand(await namespaceTools(work), 'unshare', inNamespace);
  return { kind: 'folder', path: await unpackedLayer(file, work, [unshare, ...args]) };
}

/** See `unpackedLayer`: not as root, but with its rights. */
const inNamespace = ['--user', '--map-user', '1', '--map-group', '1', '--keep-caps'];

interface LayerFacts {
  /** Some file is not root's, or changes the user of who runs it. */
  readonly special: boolean;
  readonly highestUid: number;
  readonly highestGid: number;
  /** Device nodes, which only the host's root can make. */
  readonly devices: boolean;
}

/** Whether the owners matter, and files can have them. */
function needsOwners(facts: LayerFacts, { uids, gids }: MappedIds): boolean {
  const areMapped = facts.highestUid < idCount(uids) && facts.highestGid < idCount(gids);
  return facts.special && areMapped && !facts.devices;
}

async function layerFacts(file: string): Promise<LayerFacts> {
  await using image = await openImage(file);
  const facts = { special: false, highestUid: 0, highestGid: 0, devices: false };
  for await (const { mode, uid, gid, isDevice } of erofsInodes(image, file)) {
    facts.special ||= uid !== 0 || gid !== 0 || (mode & 0o6000) !== 0;
    facts.highestUid = Math.max(facts.highestUid, uid);
    facts.highestGid = Math.max(facts.highestGid, gid);
    facts.devices ||= isDevice;
  }
  return facts;
}
