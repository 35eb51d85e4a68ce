import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { isGzip } from '../../binary/gzip/magic.ts';
import { addSections } from '../../binary/pe/add-sections.ts';
import { peMachines } from '../../binary/pe/arches.ts';
import { readPe } from '../../binary/pe/pe.ts';
import { debianSource } from '../../debian/source.ts';
import type { Arch } from '../../host/arch.ts';
import { dataFile } from '../../host/paths.ts';
import { refuseLongCommandLine } from '../../image/plan/command-line.ts';
import type { FilePiece, Piece } from '../../pieces/piece.ts';
import { signProgram } from '../../signing/efi/sign-program.ts';
import type { EfiSigner } from '../../signing/efi/signed-data.ts';
import { debianTree } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';

export interface UkiParts {
  readonly arch: Arch;
  /** With an EFI stub of its own, as distributions' kernels have. */
  readonly kernel: FilePiece;
  /** Empty for a kernel without one. */
  readonly initrd: readonly Piece[];
  readonly cmdline: string;
  /** Signs the program; undefined for one that is not signed. */
  readonly signer?: EfiSigner | undefined;
}

const stubs = { amd64: 'linuxx64.efi.stub', arm64: 'linuxaa64.efi.stub' } as const;

/** Boot managers show its PRETTY_NAME. */
const osRelease = 'ID=kit\nNAME="kit"\nPRETTY_NAME="kit"\n';

/**
 * A unified kernel image: systemd's EFI stub with kernel, initrd and command line as sections (UAPI
 * specification "Unified Kernel Image"). Firmware starts it as one program, and one signature covers all of
 * it.
 */
export async function ukiPieces(
  { arch, kernel, initrd, cmdline, signer }: UkiParts,
  work: Work,
): Promise<Piece[]> {
  refuseLongCommandLine(cmdline);
  const source = debianSource({ packages: ['systemd-boot-efi'], depends: false });
  const lock = dataFile('build/outputs/uki/stub.lock.json');
  const { dir } = await debianTree(`EFI stub for ${arch}`, source, lock, work, arch);
  const stub = await readFile(join(dir, 'usr/lib/systemd/boot/efi', stubs[arch]));
  const program = addSections(stub, stubs[arch], [
    { name: '.osrel', body: [Buffer.from(osRelease)] },
    { name: '.cmdline', body: [Buffer.from(cmdline)] },
    ...(initrd.length > 0 ? [{ name: '.initrd', body: initrd }] : []),
    // The last one, since a kernel needs more bytes in memory than in the file.
    { name: '.linux', body: [kernel], virtualBytes: await imageBytes(kernel, arch) },
  ]);
  return signer ? signProgram(program, stubs[arch], signer) : program;
}

/** Bytes of a kernel's headers, at most. */
const headBytes = 64 << 10;

/** Bytes in memory of the kernel, which is an EFI program itself. */
async function imageBytes({ file, bytes, offset = 0 }: FilePiece, arch: Arch): Promise<number> {
  await using kernel = await open(file);
  const { buffer, bytesRead } = await kernel.read(Buffer.alloc(Math.min(bytes, headBytes)), {
    position: offset,
  });
  const { machine, sizeOfImage } = readKernel(buffer.subarray(0, bytesRead));
  if (machine === peMachines[arch]) return sizeOfImage;
  throw new KitError(`Cannot start the kernel by EFI: it is not one for ${arch}`);
}

function readKernel(head: Buffer): ReturnType<typeof readPe> {
  try {
    return readPe(head, 'kernel');
  } catch (thrown) {
    const gzip = isGzip(head);
    throw new KitError(
      `Cannot start the kernel by EFI: it ${gzip ? 'is compressed with gzip' : 'has no EFI stub'}`,
      {
        cause: thrown,
        hint: gzip ? 'take the uncompressed one' : 'a kernel built with CONFIG_EFI_STUB has one',
      },
    );
  }
}
