import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peMachines } from '../../binary/pe/arches.ts';
import { sectionHeader } from '../../binary/pe/pe.ts';
import type { Arch } from '../../host/arch.ts';
import type { FilePiece } from '../../pieces/piece.ts';

/** The smallest file that is an EFI program by its headers: a kernel for tests that boot nothing. */
export function tinyKernel(folder: string, arch: Arch): FilePiece {
  const kernel = Buffer.alloc(1024);
  kernel.write('MZ');
  kernel.writeUInt32LE(64, 0x3c);
  kernel.write('PE\0\0', 64, 'latin1');
  kernel.writeUInt16LE(peMachines[arch], 68);
  kernel.writeUInt16LE(1, 70); // sections
  kernel.writeUInt16LE(240, 84);
  const optional = 88;
  kernel.writeUInt16LE(0x20b, optional);
  kernel.writeUInt32LE(4096, optional + 32);
  kernel.writeUInt32LE(512, optional + 36);
  kernel.writeUInt32LE(0x10000, optional + 56);
  kernel.writeUInt32LE(512, optional + 60);
  kernel.writeUInt32LE(16, optional + 108); // entries of the data directory
  const text = { name: '.text', virtualBytes: 512, address: 4096, fileBytes: 512, fileOffset: 512 };
  sectionHeader(text).copy(kernel, optional + 240);
  const file = join(folder, `kernel-${arch}`);
  writeFileSync(file, kernel);
  return { file, bytes: kernel.length };
}
