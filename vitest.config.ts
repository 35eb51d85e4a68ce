import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { cacheDir } from './build/host/paths.ts';

/** What Vitest keeps from run to run lies where the launcher keeps compiled code: the checkout may be read-only. */
const kept = join(cacheDir(process.env), 'compile', 'vitest');

/**
 * unit: beside the code and in test/, seconds. reproducible: one small image in every format, built many times over, a
 * minute or two. vm: boots machines under emulation, minutes, one file at a time.
 */
export default defineConfig({
  cacheDir: kept,
  test: {
    fsModuleCachePath: join(kept, 'modules'),
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
