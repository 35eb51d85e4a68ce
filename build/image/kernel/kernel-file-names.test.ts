import { expect, test } from 'vitest';
import { parseManifest } from '../../manifest/parse.ts';
import { kernelFileNames } from './kernel-file-names.ts';

test.each([
  // As in LinuxKit's platform-equinixmetal.arm64.yml.
  ['ucode: ""', { kernel: 'kernel', tar: 'kernel.tar', ucode: undefined }],
  ['binary: ""', { kernel: 'kernel', tar: 'kernel.tar', ucode: undefined }],
  ['tar: ""', { kernel: 'kernel', tar: undefined, ucode: undefined }],
  ['tar: none', { kernel: 'kernel', tar: undefined, ucode: undefined }],
  ['ucode: x.cpio', { kernel: 'kernel', tar: 'kernel.tar', ucode: 'x.cpio' }],
])('kernel: {image: x, %s}', (field, names) => {
  const { kernel } = parseManifest(`kernel: {image: x, ${field}}`, 'x.yml', '/');
  expect(kernel && kernelFileNames(kernel.value)).toEqual(names);
});
