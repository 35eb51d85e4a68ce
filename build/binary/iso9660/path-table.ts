import type { FolderNode } from './tree.ts';

/**
 * ECMA-119 9.4, a record for each folder, in the order of `folders`: length of the id, u8 | 1 length of
 * attributes | 2 first block, u32 | 6 number of the parent, u16 | 8 id, padded to an even length
 */
export function pathTable(folders: readonly FolderNode[], endian: 'little' | 'big'): Buffer {
  const numbers = new Map(folders.map((folder, at) => [folder, at + 1]));
  return Buffer.concat(
    folders.map(({ id, inode, parent }) => {
      const record = Buffer.alloc(8 + id.length + (id.length & 1));
      const number = numbers.get(parent) ?? 1;
      record.writeUInt8(id.length, 0);
      if (endian === 'little') record.writeUInt32LE(inode.block, 2);
      else record.writeUInt32BE(inode.block, 2);
      if (endian === 'little') record.writeUInt16LE(number, 6);
      else record.writeUInt16BE(number, 6);
      record.write(id, 8, 'latin1');
      return record;
    }),
  );
}
