import { expect, test } from 'vitest';
import { imageName } from './image-name.ts';

test('the name of an image, from any of its files', () => {
  const kernels = ['out/web', 'web-kernel', '/x/web-initrd.img', 'web-squashfs.img', 'examples/web.yml'];
  const files = ['web.iso', 'web-efi.iso', 'web-efi-initrd.iso', 'web-bios.img', 'web-efi.img', 'web.efi'];
  const disks = ['web.qcow2', 'web-efi.qcow2', 'web.raw', 'web.vhd', 'web.vmdk', 'web.img.tar.gz'];
  for (const image of [...kernels, ...files, ...disks]) expect(imageName(image), image).toBe('web');
});
