import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type GptTable, gptEntry, gptSectors, guidBytes, linuxTypes, readGpt, usableSectors } from './gpt.ts';

const table = (sectorBytes: number, sectors: number): GptTable => {
  const { first, last } = usableSectors({ sectorBytes, sectors });
  const entry = gptEntry({
    type: guidBytes(linuxTypes.data),
    guid: Buffer.alloc(16, 7),
    name: 'kit:data',
    first,
    last,
  });
  return { sectorBytes, sectors, diskGuid: Buffer.alloc(16, 9), entries: [entry] };
};

test.each([512, 4096])('both copies of a table with sectors of %i bytes are read back', (sectorBytes) => {
  const wanted = table(sectorBytes, 10_000);
  const { primary, backup } = gptSectors(wanted);
  for (const copy of [primary, backup]) {
    const read = readGpt(copy.header, copy.headerAt, copy.entries);
    expect(read).toEqual({
      ...{ diskGuid: wanted.diskGuid, entries: wanted.entries },
      ranges: [usableSectors(wanted)],
    });
  }
  expect([primary.headerAt, backup.headerAt]).toEqual([1, 9999]);
});

test('a copy of which any byte has changed is none', () => {
  const { primary } = gptSectors(table(512, 10_000));
  const read = (header: Buffer, entries: Buffer) => readGpt(header, primary.headerAt, entries);
  fc.assert(
    fc.property(fc.nat(91), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const header = Buffer.from(primary.header);
      header.writeUInt8(header.readUInt8(at) ^ change, at);
      expect(read(header, primary.entries)).toBeUndefined();
    }),
  );
  fc.assert(
    fc.property(fc.nat(128 * 128 - 1), (at) => {
      const entries = Buffer.from(primary.entries);
      entries.writeUInt8(entries.readUInt8(at) ^ 1, at);
      expect(read(primary.header, entries)).toBeUndefined();
    }),
  );
});
