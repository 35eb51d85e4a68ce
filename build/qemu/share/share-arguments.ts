import type { ShareOption } from '../../backend/request/shares.ts';
import { comma } from '../devices/disk.ts';

/** A folder of the host, and how QEMU gives it to the guest. */
export type QemuShare = Pick<ShareOption, 'path' | 'tag' | 'readOnly'> & { readonly over: 'virtiofs' | '9p' };

/** The socket of a share's virtiofsd, in the machine's folder. */
export const shareSocket = (index: number): string => `share${index}.sock`;

/** What each virtiofsd prints, beside it. */
export const shareLog = (index: number): string => `share${index}.log`;

/** QEMU's options for shares; the first parts belong into `-machine`. */
export function shareArguments(shares: readonly QemuShare[]): string[] {
  return shares.flatMap(({ path, tag, readOnly, over }, index) => {
    const id = `share${index}`;
    if (over === 'virtiofs') {
      const socket = ['-chardev', `socket,id=${id},path=${shareSocket(index)}`];
      return [...socket, '-device', `vhost-user-fs-pci,chardev=${id},tag=${tag}`];
    }
    // Files of different file systems below the folder get different inode numbers.
    const options = `security_model=none,multidevs=remap${readOnly ? ',readonly=on' : ''}`;
    const files = ['-fsdev', `local,id=${id},path=${comma(path)},${options}`];
    return [...files, '-device', `virtio-9p-pci,fsdev=${id},mount_tag=${tag}`];
  });
}

/** virtiofsd reads and writes the guest's memory: its option of `-machine`, and the memory itself. */
export function sharedMemory(
  shares: readonly QemuShare[],
  memoryMiB: number,
): { readonly option: string; readonly args: string[] } {
  if (!shares.some(({ over }) => over === 'virtiofs')) return { option: '', args: [] };
  const object = `memory-backend-memfd,id=memory,size=${memoryMiB}M,share=on`;
  return { option: ',memory-backend=memory', args: ['-object', object] };
}
