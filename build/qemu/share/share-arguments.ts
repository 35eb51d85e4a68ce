import type { ShareOption } from '../../backend/request/shares.ts';
import type { ToolCommand } from '../../tools/command.ts';
import { comma } from '../devices/disk.ts';

/** A folder of the host that a machine is to see. */
export interface ShareLaunch extends Pick<ShareOption, 'path' | 'tag' | 'readOnly'> {
  /** Programs that may serve it over virtiofs, the best one first; none: QEMU serves it over 9p. */
  readonly commands: readonly ToolCommand[];
}

/** A folder of the host, and how QEMU gives it to the guest. */
export type QemuShare = Pick<ShareOption, 'path' | 'tag' | 'readOnly'> & { readonly over: 'virtiofs' | '9p' };

/** The socket of a share's virtiofsd, in the machine's folder. */
export const shareSocket = (index: number): string => `share${index}.sock`;

/** What each virtiofsd prints, beside it. */
export const shareLog = (index: number): string => `share${index}.log`;

/** QEMU's options for shares, behind all others. */
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
  shares: readonly ShareLaunch[],
  memoryMiB: number,
): { readonly option: string; readonly args: string[] } {
  if (!shares.some(({ commands }) => commands.length > 0)) return { option: '', args: [] };
  const object = `memory-backend-memfd,id=memory,size=${memoryMiB}M,share=on`;
  return { option: ',memory-backend=memory', args: ['-object', object] };
}
