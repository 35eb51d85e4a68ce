import { partOf, type RandomAccess } from '../../../lib/volumes/random-access.ts';
import { type CpioFile, readCpio } from '../../binary/cpio/read-cpio.ts';
import { largestFirst, type PartName, type SizedFile, type SizedPart } from '../report.ts';
import { sizedLayer } from './layer-files.ts';

/** What is known of a layer by its id in the guest (lib/bundle/layers.ts). */
export type NameOf = (id: string) => PartName | undefined;

export const noNames: NameOf = () => undefined;

const layerPath = /^layers\/([0-9a-f]{16})\.erofs$/;
const microcodePath = 'kernel/x86/microcode/';

/**
 * The parts of an initrd: its layers, the microcode, and stage 1. Of an archive that is compressed as a whole
 * each file gets its share by length. An initrd of another system is one part with all its files.
 * @param bytes of the initrd @throws KitError for a damaged one
 */
export async function initrdParts(
  initrd: RandomAccess,
  bytes: number,
  title: string,
  nameOf: NameOf,
): Promise<SizedPart[]> {
  const entries = await Array.fromAsync(readCpio(initrd, title));
  const layers: SizedPart[] = [];
  for (const entry of entries) {
    const id = layerPath.exec(entry.path)?.[1];
    if (id === undefined) continue;
    layers.push(await namedLayer(partOf(entry.source, entry.at, entry.bytes), entry.bytes, id, nameOf));
  }
  const others = entries.filter(({ path }) => !layerPath.test(path));
  const microcode = sumOf('CPU microcode', storedFiles(others.filter(isMicrocode)), ['kernel']);
  const rest = storedFiles(others.filter((entry) => !isMicrocode(entry)));
  const known = [...layers, ...(microcode.bytes > 0 ? [microcode] : [])];
  const left = bytes - known.reduce((sum, part) => sum + part.bytes, 0);
  const isKits = entries.some(({ path }) => path === 'layers/index');
  const unnamed = sumOf(isKits ? 'stage 1' : 'initrd', rest, isKits ? ['init'] : []);
  return [...known, { ...unnamed, bytes: Math.max(left, 0) }];
}

/** A layer by its name; where nothing is known of it, by what is in it. */
export async function namedLayer(
  image: RandomAccess,
  bytes: number,
  id: string,
  nameOf: NameOf,
): Promise<SizedPart> {
  const name = nameOf(id);
  const layer = await sizedLayer(image, bytes, name ?? { title: `layer ${id}`, package: null, users: [] });
  return name ? layer : { ...layer, title: titleOf(layer) };
}

/** The layers that kit makes for one image are in no cache under a name. */
function titleOf({ title, files }: SizedPart): string {
  const [largest] = largestFirst(files);
  if (!largest) return title;
  if (largest.path.startsWith('usr/lib/modules/')) return 'kernel modules';
  if (files.some(({ path }) => path.startsWith('containers/'))) return 'bundles and files';
  return `${title} (${largest.path}${files.length > 1 ? ', …' : ''})`;
}

const isMicrocode = ({ path }: CpioFile): boolean => path.startsWith(microcodePath);

function sumOf(title: string, files: readonly SizedFile[], users: readonly string[]): SizedPart {
  const total = (size: (file: SizedFile) => number): number =>
    files.reduce((sum, file) => sum + size(file), 0);
  return {
    ...{ title, package: null, users, files },
    bytes: total((file) => file.bytes),
    unpackedBytes: total((file) => file.unpackedBytes),
  };
}

/** Regular files; those of a compressed archive share its length by theirs. */
function storedFiles(entries: readonly CpioFile[]): SizedFile[] {
  const files = entries.filter(({ mode, bytes }) => (mode & 0o170000) === 0o100000 && bytes > 0);
  const inFrame = Map.groupBy(files, ({ frame }) => frame);
  return [...inFrame].flatMap(([frame, group]) => {
    const whole = group.reduce((sum, { bytes }) => sum + bytes, 0);
    const share = frame && whole > 0 ? frame.bytes / whole : 1;
    return group.map(({ path, bytes }) => ({ path, bytes: Math.round(bytes * share), unpackedBytes: bytes }));
  });
}
