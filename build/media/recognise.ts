import { type FileFormat, otherFormat } from '../../lib/archive/other-formats.ts';
import { isTar } from '../../lib/archive/tar-header.ts';
import { diskHeadBytes } from '../../lib/volumes/partitions.ts';
import { isCpio } from '../binary/cpio/header.ts';
import { isQcow2 } from '../binary/disks/qcow2.ts';
import { isVhd } from '../binary/disks/vhd.ts';
import { isVmdk } from '../binary/disks/vmdk.ts';
import { isGzip } from '../binary/gzip/magic.ts';
import { isIso, isoBoots } from '../binary/iso9660/read-el-torito.ts';
import { type Bootable, diskBoots } from '../binary/partitions/read-partitions.ts';
import { archOf } from '../binary/pe/arches.ts';
import { hasSection, peHeader } from '../binary/pe/pe.ts';
import type { Arch } from '../host/arch.ts';
import type { ImageFile } from '../pieces/image-file.ts';
import type { DiskFileFormat } from './disk-format.ts';

/** The kind of a file, by its contents. */
export type Recognised =
  | { readonly kind: 'iso'; readonly boots: Bootable }
  /** `boots` is undefined for formats in which the disk's sectors are not at their own offsets. */
  | { readonly kind: 'disk'; readonly format: DiskFileFormat; readonly boots: Bootable | undefined }
  | { readonly kind: 'efi'; readonly arch: Arch | undefined }
  | { readonly kind: 'kernel'; readonly arch: Arch | undefined }
  | { readonly kind: 'file system'; readonly type: string }
  | { readonly kind: 'gzip' | 'tar' | 'cpio' | 'unknown' }
  /** Something that kit knows by name only: `compressed by xz`. */
  | ({ readonly kind: 'other' } & FileFormat);

/** Checks magic numbers only. The order matters where a file has two: a hybrid ISO has an MBR too. */
export async function recognise(source: ImageFile): Promise<Recognised> {
  const head = await source.read(0, diskHeadBytes);
  if (isQcow2(head)) return { kind: 'disk', format: 'qcow2', boots: undefined };
  if (isVmdk(head)) return { kind: 'disk', format: 'vmdk', boots: undefined };
  if (await isVhd(source)) return { kind: 'disk', format: 'vhd', boots: undefined };
  if (await isIso(source)) return { kind: 'iso', boots: await isoBoots(source) };
  const program = peProgram(head);
  if (program) return program;
  if (isGzip(head)) return { kind: 'gzip' };
  if (isTar(head)) return { kind: 'tar' };
  if (isCpio(head)) return { kind: 'cpio' };
  const type = fileSystem(head);
  if (type) return { kind: 'file system', type };
  const boots = diskBoots(head);
  if (boots.bios || boots.uefi) return { kind: 'disk', format: 'raw', boots };
  const other = otherFormat(head);
  return other ? { kind: 'other', ...other } : { kind: 'unknown' };
}

/**
 * A PE program: a kernel with EFI stub, or a unified kernel image, which has its kernel in the section
 * `.linux`. A compressed arm64 kernel has "zimg" at 4 (drivers/firmware/efi/libstub/zboot-header.S).
 */
function peProgram(head: Buffer): Recognised | undefined {
  const kernel = bareKernel(head);
  const header = peHeader(head);
  if (!header) return kernel;
  const arch = archOf(header.machine);
  if (hasSection(head, header, '.linux')) return { kind: 'efi', arch };
  return (
    kernel ?? (head.toString('latin1', 4, 8) === 'zimg' ? { kind: 'kernel', arch } : { kind: 'efi', arch })
  );
}

/**
 * Documentation/arch/x86/boot.rst: "HdrS" at 0x202. Documentation/arch/arm64/booting.rst: "ARM\x64" at 56.
 */
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
