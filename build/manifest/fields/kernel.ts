import { type Fields, textLike } from '../kinds.ts';
import { image } from './words.ts';

const fileName = textLike(/^[^/\0]+$/, 'a file name');

/** `kernel:` */
export const kernelFields = {
  image: {
    kind: image,
    help: 'The image that holds the kernel; everything in it but the files named here is left out.',
    example: 'pkg/kernel',
  },
  cmdline: {
    kind: textLike(/^[^\n\0]*$/, 'one line of text'),
    help: 'Kernel command line.',
    default: 'empty',
    example: 'console=ttyS0',
  },
  binary: { kind: fileName, help: "The kernel's file name in the image.", default: '`kernel`' },
  tar: {
    kind: textLike(/^[^/\0]*$/, 'a file name, or "none"'),
    help: 'The archive with the modules in the image; `none` for none.',
    default: '`kernel.tar`',
    example: 'none',
  },
  ucode: {
    kind: fileName,
    help: 'The CPU microcode archive in the image, put before the initrd.',
    example: 'ucode.cpio',
  },
} as const satisfies Fields;
