import { gptEntry, gptSectors, guidBytes, mixedEndian, usableSectors } from '../../../lib/volumes/gpt.ts';
import { sectorBytes } from '../../../lib/volumes/sector.ts';
import { type Piece, piecesBytes } from '../../pieces/piece.ts';

export interface GptPartition {
  /** `efiSystemType`, or another GUID as text. */
  readonly type: string;
  readonly guid: Buffer;
  /** Up to 36 characters. */
  readonly name: string;
  /** Whole MiB. */
  readonly body: readonly Piece[];
}

/** The EFI system partition (UEFI 2.10, 5.3.3). */
export const efiSystemType = 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B';

/** Bytes before the partition, and after it for the second copy of the table. */
export const gptSpace = 1 << 20;

/**
 * A disk of one partition (UEFI specification, chapter 5.3): both copies of the table, and a protective MBR.
 */
export function gptDisk({ type, guid, name, body }: GptPartition, diskGuid: Buffer): Piece[] {
  const first = gptSpace / sectorBytes;
  const bodySectors = piecesBytes(body) / sectorBytes;
  const sectors = first + bodySectors + gptSpace / sectorBytes;
  const range = { first, last: first + bodySectors - 1 };
  const entry = gptEntry({ type: guidBytes(type), guid: mixedEndian(guid), name, ...range });
  const table = { sectorBytes, sectors, diskGuid: mixedEndian(diskGuid), entries: [entry] };
  const { mbr, primary, backup } = gptSectors(table);
  return [
    ...[mbr, primary.header, primary.entries],
    { hole: (first - usableSectors(table).first) * sectorBytes },
    ...body,
    { hole: (backup.entriesAt - range.last - 1) * sectorBytes },
    ...[backup.entries, backup.header],
  ];
}
