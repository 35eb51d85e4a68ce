import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { cacheDir } from './build/host/paths.ts';

/** Vitest keeps its caches where the launcher keeps compiled code: the checkout may be read-only. */
const kept = join(cacheDir(process.env), 'compile', 'vitest');

/** Files beside the code that start processes or open sockets. */
const real = '{build,init,services,lib,test/fuzz}/**/*.real.test.ts';

/** Whole commands for tens of seconds each, in which nothing depends on the rights of the user. */
const long = [
  'build/checkout/make-bundle.real.test.ts',
  'build/packages/external/external-layer.real.test.ts',
  'test/cli/{bad-input,completion,interrupted}.test.ts',
  'test/external/external.test.ts',
  'test/field/tar/generated.test.ts',
  'test/fuzz/engine/engine.real.test.ts',
  'test/image/{bombs,huge-layer}.test.ts',
  'test/migrate/migrate.test.ts',
  'test/npm/package.test.ts',
  'test/outputs/examples.test.ts',
  'test/packages/libraries.test.ts',
  'test/projects/projects.test.ts',
  'test/registry/hostile.test.ts',
  'test/size/size.test.ts',
];

/** Every example is attacked, in containers and machines. */
const audits = 'test/vm/audit*.test.ts';

/** For the slowest hosts: only a failure takes all of it. */
const patience = { testTimeout: 180_000, hookTimeout: 180_000 };
const patienceWithMachines = { testTimeout: 600_000, hookTimeout: 1_200_000 };

/**
 * The shelves, by cost (CONTRIBUTING, "Tests"). unit: no process, no root, no network; seconds. real: real programs,
 * containerd, registries, whole commands; minutes. long: the slowest of these; minutes. reproducible: one small image
 * in every format, built many times over; minutes. vm: machines under emulation, two files at a time; minutes. audits:
 * kit audit of every example; minutes. slow: more machines; an hour.
 */
export default defineConfig({
  cacheDir: kept,
  test: {
    fsModuleCachePath: join(kept, 'modules'),
    // Characters of a value in the message of an assertion, which is all that .ci/run prints of it at the end.
    chaiConfig: { truncateThreshold: 300 },
    reporters: ['default', './test/support/reporter.ts'],
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
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'real',
          include: [real, 'test/**/*.test.ts'],
          exclude: [
            'test/{architecture,docs,support,reproducible,slow,vm}/**',
            'test/fuzz/**/!(*.real).test.ts',
            '**/testdata/**',
            ...long,
          ],
          maxWorkers: 2,
          ...patience,
        },
      },
      { test: { name: 'long', include: long, maxWorkers: 2, ...patience } },
      {
        test: {
          name: 'reproducible',
          include: ['test/reproducible/**/*.test.ts'],
          maxWorkers: 2,
          ...patience,
        },
      },
      {
        test: {
          name: 'vm',
          include: ['test/vm/**/*.test.ts'],
          exclude: [audits],
          maxWorkers: 2,
          ...patienceWithMachines,
        },
      },
      { test: { name: 'audits', include: [audits], maxWorkers: 2, ...patienceWithMachines } },
      {
        test: {
          name: 'slow',
          include: ['test/slow/**/*.test.ts'],
          maxWorkers: 2,
          testTimeout: 1_200_000,
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
