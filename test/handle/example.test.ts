import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { run } from '../support/run-kit.ts';
import { exampleProject, type Project } from './project.ts';

const vitest = join(kitRoot, 'node_modules/vitest/vitest.mjs');

/** The examples of docs/services.md and docs/testing.md, as their readers would run them. */
describe('the examples of the documentation', { timeout: 600_000, ...needsContainers }, () => {
  let project: Project;
  beforeAll(async () => {
    project = await exampleProject('services.md', 'testing.md');
  });
  afterAll(() => project?.[Symbol.asyncDispose]());

  const node = (...args: readonly string[]) =>
    run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], { cwd: project.dir });

  test('vitest', async () => {
    const { status, stdout, stderr } = await node(vitest, 'run', 'web.test.ts');
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toMatch(/Tests .*2 passed/);
  });

  test('node:test', async () => {
    const { status, stdout, stderr } = await node('--test', 'web.node.mjs');
    expect(status, `${stdout}${stderr}`).toBe(0);
    expect(stdout).toMatch(/pass 1$/m);
  });
});
