import { reasonOf } from '../../errors/errors.ts';
import type { RunProgram } from '../run-program.ts';
import type { BlockDevice, ProbedDevice } from './content.ts';
import { endsOf } from './ends-of.ts';
import { type Probe, parseBlkid, signatureTypes } from './parse-blkid.ts';
import { isUnfinishedTable } from './table-copies.ts';

/** A device with what `probe` says of it. */
export const probeDevice = async (device: BlockDevice, run: RunProgram): Promise<ProbedDevice> => ({
  ...device,
  ...(await probe(device, run)),
});

/**
 * What a device or file holds, by blkid's low-level probing. It counts as empty only if its beginning and its
 * end can be read (blkid says "nothing" of a device that it cannot read, too), blkid finds nothing, and
 * wipefs lists no signature but those of a table that kit began. Never throws.
 */
export async function probe(
  place: Pick<BlockDevice, 'path' | 'bytes' | 'sectorBytes'>,
  run: RunProgram,
): Promise<Probe> {
  const { path } = place;
  try {
    await endsOf(place);
    const { status, stdout } = await run('blkid', ['--probe', '--output', 'export', path]);
    const found = parseBlkid(stdout, status);
    if (found.content.kind !== 'nothing') return found;
    const signatures = await run('wipefs', ['--no-act', '--parsable', path]);
    if (signatures.status !== 0) return unreadable(`wipefs ended with status ${signatures.status}`);
    const types = signatureTypes(signatures.stdout);
    // wipefs sees a table without its MBR; nobody else does.
    const isOurs = types.every((type) => type === 'gpt') && (await isUnfinishedTable(place));
    if (types.length === 0 || isOurs) return found;
    return { ...found, content: { kind: 'other', what: `what wipefs calls ${types.join(', ')}` } };
  } catch (thrown) {
    return unreadable(reasonOf(thrown));
  }
}

const unreadable = (why: string): Probe => ({
  ...{ content: { kind: 'unreadable', why }, partitionName: '', partitionUuid: '' },
});
