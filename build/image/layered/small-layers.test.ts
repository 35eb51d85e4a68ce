import { expect, test } from 'vitest';
import { readsLzma } from './small-layers.ts';

test('the configuration of a kernel says whether it reads LZMA', () => {
  expect(readsLzma('CONFIG_EROFS_FS=m\nCONFIG_EROFS_FS_ZIP_LZMA=y\n')).toBe(true);
  expect(readsLzma('CONFIG_EROFS_FS=m\n# CONFIG_EROFS_FS_ZIP_LZMA is not set\n')).toBe(false);
});
