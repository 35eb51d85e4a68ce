import { descriptorTypes, readDescriptor } from './iso9660-descriptor.ts';
import { folderRecords, type IsoRecord, type IsoTree, isNamed, isoTree } from './iso9660-folder.ts';
import { plainName, shortName } from './iso9660-names.ts';
import { zisofsFault } from './iso9660-system-use.ts';
import { type RandomAccess, readExactly } from './random-access.ts';
import { tooLong, type Volume } from './volume.ts';

/** More descriptors than any volume has: a damaged one may lack the terminator. */
const descriptorLimit = 32;

/** The escape sequences of UCS-2 levels 1 to 3, which identify Joliet. */
const jolietEscapes = ['%/@', '%/C', '%/E'];

/** The ISO 9660 volume (ECMA-119), with Rock Ridge or Joliet names or none; undefined when there is none. */
export async function openIso9660(source: RandomAccess): Promise<Volume | undefined> {
  const descriptors = await descriptorsOf(source);
  const primary = descriptors.find(([type]) => type === descriptorTypes.primary);
  if (!primary) return undefined;
  const joliet = descriptors.find(isJoliet);
  const trees = (): IsoTree[] => [
    isoTree(source, primary, false),
    ...(joliet ? [isoTree(source, joliet, true)] : []),
  ];
  return {
    kind: 'ISO 9660',
    label: async () => primary.toString('latin1', 40, 72).trim(),
    read: async (path, limit) => {
      const file = await fileAt(trees(), path);
      return file && readFile(source, file, path, limit);
    },
    names: async () => {
      const [tree] = trees().reverse();
      const records = tree ? await folderRecords(tree, tree.root) : [];
      // The first two records are the folder itself and its parent.
      return records.slice(2).map(spellingOf);
    },
  };
}

async function descriptorsOf(source: RandomAccess): Promise<Buffer[]> {
  const descriptors: Buffer[] = [];
  while (descriptors.length < descriptorLimit) {
    const descriptor = await readDescriptor(source, descriptors.length);
    if (!descriptor || descriptor[0] === descriptorTypes.terminator) break;
    descriptors.push(descriptor);
  }
  return descriptors;
}

const isJoliet = (descriptor: Buffer): boolean =>
  descriptor[0] === descriptorTypes.supplementary &&
  jolietEscapes.includes(descriptor.toString('latin1', 88, 91));

async function fileAt(trees: readonly IsoTree[], path: string): Promise<IsoRecord | undefined> {
  // Where only the names of level 1 are, they were cut.
  const hasLongNames = trees.length > 1;
  // First as it is spelled: in the names of ISO 9660 itself, "_-" and "ß" are alike.
  for (const find of [spelled, named(hasLongNames)]) {
    for (const tree of trees) {
      const file = await fileIn(tree, tree.root, path.split('/'), find);
      if (file) return file;
    }
  }
  return undefined;
}

type Find = (records: readonly IsoRecord[], name: string, isFolder: boolean) => IsoRecord | undefined;

const spelled: Find = (records, name, isFolder) =>
  records.find((record) => record.isFolder === isFolder && spellingOf(record) === name);

const named =
  (hasLongNames: boolean): Find =>
  (records, name, isFolder) => {
    const candidates = records.filter((record) => record.isFolder === isFolder);
    const isCut = !hasLongNames && !records.some(({ hasRockRidge }) => hasRockRidge);
    const plain = plainName(name);
    return (
      candidates.find((record) => isNamed(record, plain)) ??
      (isCut ? candidates.find((record) => isNamed(record, shortName(plain))) : undefined)
    );
  };

const spellingOf = ({ names: [name = ''] }: IsoRecord): string => name.replace(/\.?;\d+$/, '');

async function fileIn(
  tree: IsoTree,
  folder: IsoTree['root'],
  [name = '', ...rest]: readonly string[],
  find: Find,
): Promise<IsoRecord | undefined> {
  const isFolder = rest.length > 0;
  const found = find(await folderRecords(tree, folder), name, isFolder);
  const [extent] = found?.extents ?? [];
  return isFolder ? extent && fileIn(tree, extent, rest, find) : found;
}

async function readFile(
  source: RandomAccess,
  { extents, obstacle }: IsoRecord,
  path: string,
  limit: number,
): Promise<Buffer> {
  if (obstacle !== undefined) throw new RangeError(`Cannot read "${path}": ${obstacle}`);
  const total = extents.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > limit) throw tooLong(path, limit);
  const pieces: Buffer[] = [];
  for (const { at, bytes } of extents) pieces.push(await readExactly(source, at, bytes));
  const content = Buffer.concat(pieces);
  const fault = zisofsFault(content);
  if (fault !== undefined) throw new RangeError(`Cannot read "${path}": ${fault}`);
  return content;
}
