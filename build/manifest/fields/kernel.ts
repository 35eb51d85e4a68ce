import { type Fields, list, stringLike } from '../kinds.ts';
import { imageKind } from './common-kinds.ts';

/** Empty, as in some manifests of LinuxKit, counts as absent. */
const fileName = stringLike(/^[^/\0]*$/, 'a file name');

/** `kernel:` */
export const kernelFields = {
  image: {
    kind: imageKind,
    help: 'The image with the kernel. Only the files named here are used.',
    example: 'pkg/kernel',
  },
  cmdline: {
    kind: stringLike(/^[^\n\0]*$/, 'one line of text'),
    help: 'Kernel command line.',
    default: 'empty',
    example: 'console=ttyS0',
  },
  binary: { kind: fileName, help: 'File name of the kernel in the image.', default: '`kernel`' },
  tar: {
    kind: stringLike(/^[^/\0]*$/, 'a file name, or "none"'),
    help: 'File name of the archive with the kernel modules in the image, or `none`.',
    default: '`kernel.tar`',
    example: 'none',
  },
  ucode: {
    kind: fileName,
    help: 'File name of the CPU microcode archive in the image, which is put in front of the ' + 'initrd.',
    example: 'ucode.cpio',
  },
  modules: {
    kind: list(
      stringLike(
        /^-?[\w*-]+$/,
        'the name of a kernel module, where * stands for anything, or one after a dash',
      ),
    ),
    help:
      "Changes to the image's list of modules, one after another: a name adds a module with all that it needs, a " +
      'name after a dash leaves it out, and `-*` leaves out everything that is named before (docs/kernel.md).',
    default: "the image's list",
    merge: 'the lists of all manifests are concatenated',
    example: ['cifs', 'nfsd', '-btrfs'],
    linuxkit: 'Not in LinuxKit, where a machine has all modules of the image.',
  },
} as const satisfies Fields;
