import { isIso, isoBoots } from '../binary/iso9660/read-el-torito.ts';
import { type Bootable, diskBoots, diskHeadBytes } from '../binary/partitions/partition-table.ts';
import type { Arch } from '../host/arch.ts';
import type { ImageFile } from '../pieces/image-file.ts';
import type { DiskFormat } from './boot-media.ts';

/** What a file is, by its bytes. */
export type Recognised =
  | { readonly kind: 'iso'; readonly boots: Bootable }
  /** `boots` is undefined where the disk's own bytes are wrapped in a format. */
  | { readonly kind: 'disk'; readonly format: DiskFormat; readonly boots: Bootable | undefined }
  | { readonly kind: 'efi'; readonly arch: Arch | undefined }
  | { readonly kind: 'kernel'; readonly arch: Arch | undefined }
  | { readonly kind: 'file system'; readonly type: string }
  | { readonly kind: 'gzip' | 'tar' | 'cpio' | 'unknown' };

/** Looks at magic numbers only, in an order that settles which of two counts: a hybrid ISO has an MBR too. */
export async function recognise(source: ImageFile): Promise<Recognised> {
  const head = await source.read(0, diskHeadBytes);
  const text = (at: number, length: number): string => head.toString('latin1', at, at + length);
  if (text(0, 4) === 'QFI\xfb') return { kind: 'disk', format: 'qcow2', boots: undefined };
  if (text(0, 4) === 'KDMV') return { kind: 'disk', format: 'vmdk', boots: undefined };
  if (await isVhd(source)) return { kind: 'disk', format: 'vhd', boots: undefined };
  if (await isIso(source)) return { kind: 'iso', boots: await isoBoots(source) };
  const program = peProgram(head);
  if (program) return program;
  if (head.length >= 2 && head.readUInt16BE(0) === 0x1f8b) return { kind: 'gzip' };
  if (text(257, 5) === 'ustar') return { kind: 'tar' };
  if (text(0, 5) === '07070') return { kind: 'cpio' };
  const type = fileSystem(head);
  if (type) return { kind: 'file system', type };
  const boots = diskBoots(head);
  return boots.bios || boots.uefi ? { kind: 'disk', format: 'raw', boots } : { kind: 'unknown' };
}

/** A fixed VHD is the disk itself with a footer of 512 bytes; others repeat the footer at the start. */
async function isVhd(source: ImageFile): Promise<boolean> {
  const footer = await source.read(Math.max(0, source.size - 512), 8);
  return footer.toString('latin1') === 'conectix';
}

const machines: Readonly<Record<number, Arch>> = { 34404: 'amd64', 43620: 'arm64' };

/**
 * An EFI program: a kernel with EFI stub, or a UKI, which has its kernel in a section of its own.
 *
 * ```
 * 0 "MZ" | 60 u32 offset of the header
 * header   "PE\0\0" | 4 u16 machine | 6 u16 sections | 20 u16 bytes of the optional header | 24 that header
 * section  0 name, 8 bytes | … 40 bytes each
 * ```
 */
function peProgram(head: Buffer): Recognised | undefined {
  const kernel = bareKernel(head);
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return kernel;
  const at = head.readUInt32LE(60);
  if (at + 24 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return kernel;
  const arch = machines[head.readUInt16LE(at + 4)];
  const sections = at + 24 + head.readUInt16LE(at + 20);
  for (let index = 0; index < head.readUInt16LE(at + 6); index += 1) {
    const name = head.toString('latin1', sections + 40 * index, sections + 40 * index + 8);
    if (name === '.linux\0\0') return { kind: 'efi', arch };
  }
  return (
    kernel ?? (head.toString('latin1', 4, 8) === 'zimg' ? { kind: 'kernel', arch } : { kind: 'efi', arch })
  );
}

/** Documentation/arch/x86/boot.rst: "HdrS" at 0x202. Documentation/arch/arm64/booting.rst: "ARM\x64" at 56. */
function bareKernel(head: Buffer): Recognised | undefined {
  if (head.toString('latin1', 0x202, 0x206) === 'HdrS') return { kind: 'kernel', arch: 'amd64' };
  return head.toString('latin1', 56, 60) === 'ARM\x64' ? { kind: 'kernel', arch: 'arm64' } : undefined;
}

function fileSystem(head: Buffer): string | undefined {
  if (head.toString('latin1', 0, 4) === 'hsqs') return 'squashfs';
  if (head.length < 1084) return undefined;
  if (head.readUInt32LE(1024) === 0xe0f5e1e2) return 'erofs';
  return head.readUInt16LE(1024 + 56) === 0xef53 ? 'ext4' : undefined;
}
