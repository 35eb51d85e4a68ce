import { type FatEntry, fatEntries } from './fat-folder.ts';
import { type FatLayout, fatLayout } from './fat-layout.ts';
import { type RandomAccess, readExactly } from './random-access.ts';
import { sectorBytes } from './sector.ts';
import { folderLimit, tooLong, type Volume } from './volume.ts';

export interface FatVolume extends Volume {
  /**
   * The length of the file at a path such as `EFI/BOOT/BOOTX64.EFI`, in any case; undefined when there is
   * none.
   * @throws RangeError when the file system is damaged
   */
  fileBytes(path: string): Promise<number | undefined>;
}

/** The FAT12, FAT16 or FAT32 volume that begins at position 0; undefined when there is none. */
export async function openFat(source: RandomAccess): Promise<FatVolume | undefined> {
  const layout = fatLayout(await source.read(0, sectorBytes));
  if (!layout) return undefined;
  const fat: Fat = { source, layout };
  return {
    kind: 'FAT',
    label: () => labelOf(fat),
    read: async (path, limit) => {
      const file = await fileAt(fat, path);
      if (file && file.bytes > limit) throw tooLong(path, limit);
      return file && chainBytes(fat, file, path);
    },
    names: async () => {
      const entries = await Array.fromAsync(entriesOf(fat, root));
      return entries.flatMap(({ kind, names: [name] }) => (kind === 'label' || !name ? [] : [name]));
    },
    fileBytes: async (path) => (await fileAt(fat, path))?.bytes,
  };
}

interface Fat {
  readonly source: RandomAccess;
  readonly layout: FatLayout;
}

const root: FatEntry = { names: [], kind: 'folder', cluster: 0, bytes: 0 };

/** The label in the root folder: tools that change the label need not change the one in the boot sector. */
async function labelOf(fat: Fat): Promise<string> {
  try {
    for await (const { kind, names } of entriesOf(fat, root)) if (kind === 'label') return names[0] ?? '';
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  return fat.layout.label;
}

async function fileAt(fat: Fat, path: string): Promise<FatEntry | undefined> {
  let entry: FatEntry | undefined = root;
  for (const name of path.split('/')) entry = entry && (await entryOf(fat, entry, name));
  return entry?.kind === 'file' ? entry : undefined;
}

async function entryOf(fat: Fat, folder: FatEntry, name: string): Promise<FatEntry | undefined> {
  if (folder.kind !== 'folder') return undefined;
  const wanted = name.toLowerCase();
  for await (const entry of entriesOf(fat, folder)) {
    if (entry.kind !== 'label' && entry.names.some((one) => one.toLowerCase() === wanted)) return entry;
  }
  return undefined;
}

function entriesOf(fat: Fat, folder: FatEntry): AsyncGenerator<FatEntry> {
  const first = folder.cluster || fat.layout.rootCluster;
  return fatEntries(first === 0 ? fixedRoot(fat) : clusters(fat, first, folderLimit));
}

async function* fixedRoot({ source, layout: { rootAt, rootBytes } }: Fat): AsyncGenerator<Buffer> {
  yield readExactly(source, rootAt, rootBytes);
}

async function chainBytes(fat: Fat, { cluster, bytes }: FatEntry, path: string): Promise<Buffer> {
  const content = Buffer.concat(await Array.fromAsync(clusters(fat, cluster, bytes)));
  // A disk that was pulled out while it was written: half a file must not pass for the whole.
  if (content.length < bytes)
    throw new RangeError(`Cannot read "${path}": ${content.length} of ${bytes} bytes are on the volume`);
  return content.subarray(0, bytes);
}

/** A chain, up to `limit` bytes: it may end before, and a damaged one may be circular. */
async function* clusters({ source, layout }: Fat, first: number, limit: number): AsyncGenerator<Buffer> {
  const { clusterBytes, dataAt } = layout;
  let cluster = first;
  for (let length = 0; length < limit; length += clusterBytes) {
    if (cluster < 2 || cluster >= layout.clusters + 2) return;
    yield readExactly(source, dataAt + (cluster - 2) * clusterBytes, clusterBytes);
    cluster = await nextCluster(source, layout, cluster);
  }
}

/** Numbers after the last cluster mean the end of a chain, or a bad cluster. */
async function nextCluster(source: RandomAccess, layout: FatLayout, cluster: number): Promise<number> {
  const { bits, tableAt } = layout;
  const at = tableAt + Math.floor((cluster * bits) / 8);
  const entry = await readExactly(source, at, bits === 32 ? 4 : 2);
  if (bits === 32) return entry.readUInt32LE() & 0x0fff_ffff;
  if (bits === 16) return entry.readUInt16LE();
  return cluster % 2 === 0 ? entry.readUInt16LE() & 0xfff : entry.readUInt16LE() >> 4;
}
