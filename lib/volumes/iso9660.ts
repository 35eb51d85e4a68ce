import { descriptorTypes, readDescriptor } from './iso9660-descriptor.ts';
import { type IsoRecord, plainName, rootRecords } from './iso9660-folder.ts';
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
  return {
    label: async () => primary.toString('latin1', 40, 72).trim(),
    read: async (name, limit) => {
      const records = await rootRecords(source, primary, false);
      if (joliet) records.push(...(await rootRecords(source, joliet, true)));
      const wanted = plainName(name);
      const record = records.find(({ names, isFolder }) => !isFolder && names.includes(wanted));
      return record && readFile(source, record, name, limit);
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

function readFile(
  source: RandomAccess,
  { at, bytes, hasMoreSections }: IsoRecord,
  name: string,
  limit: number,
): Promise<Buffer> {
  if (bytes > limit || hasMoreSections) throw tooLong(name, limit);
  return readExactly(source, at, bytes);
}
