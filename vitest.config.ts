import { defineConfig } from 'vitest/config';

/**
 * unit: beside the code and in test/, seconds. reproducible: one small image in every format, built many times over, a
 * minute or two. vm: boots machines under emulation, minutes, one file at a time.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/skipped.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{build,init,services,lib,test}/**/*.test.ts'],
          exclude: ['test/vm/**', 'test/reproducible/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'reproducible',
          include: ['test/reproducible/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'vm',
          include: ['test/vm/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
