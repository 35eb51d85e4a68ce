import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { cacheDir } from './build/host/paths.ts';

/** Vitest keeps its caches where the launcher keeps compiled code: the checkout may be read-only. */
const kept = join(cacheDir(process.env), 'compile', 'vitest');

/** Files beside the code that start processes or open sockets. */
const real = '{build,init,services,lib,test/fuzz}/**/*.real.test.ts';

/**
 * The shelves, by cost (CONTRIBUTING, "Tests"). unit: no process, no root, no network; seconds. real: real programs,
 * containerd, registries, whole commands; minutes. reproducible: one small image in every format, built many times
 * over; minutes. vm: machines under emulation, two files at a time; minutes.
 */
export default defineConfig({
  cacheDir: kept,
  test: {
    fsModuleCachePath: join(kept, 'modules'),
    reporters: ['default', './test/support/skipped.ts'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{build,init,services,lib}/**/*.test.ts',
            'test/{architecture,docs,fuzz,support}/**/*.test.ts',
          ],
          exclude: [real],
          setupFiles: ['test/support/unit-shelf.ts'],
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'real',
          include: [real, 'test/**/*.test.ts'],
          exclude: [
            'test/{architecture,docs,support,reproducible,vm}/**',
            'test/fuzz/**/!(*.real).test.ts',
            '**/testdata/**',
          ],
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'reproducible',
          include: ['test/reproducible/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'vm',
          include: ['test/vm/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 600_000,
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
