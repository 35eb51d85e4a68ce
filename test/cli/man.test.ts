import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { runTool } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { shellTools } from '../support/tools.ts';

let tools: Tools;
beforeAll(async () => {
  tools = await shellTools();
}, 600_000);

const folder = join(kitRoot, 'docs/man');
const { signal } = new AbortController();

describe.each(readdirSync(folder))('%s', (name) => {
  const file = join(folder, name);

  test('mandoc finds nothing wrong with it, besides the date that it does not have', async () => {
    const args = ['-T', 'lint', '-W', 'warning', file];
    const { stdout } = await runTool(tools, 'mandoc', args, { signal }).catch((thrown) => thrown);
    expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/WARNING: missing date/)]);
  });

  test('mandoc shows its words in 80 columns', async () => {
    const { stdout } = await runTool(tools, 'mandoc', ['-T', 'utf8', '-O', 'width=78', file], { signal });
    const text = stdout.replaceAll(/.\x08/g, '');
    expect(text).toContain(name === 'kit.1' ? 'kit <command> [options]' : `kit ${name.slice(4, -2)} `);
    expect(text).not.toMatch(/\\\(|\\e/);
  });

  test('groff has no warning about it', async () => {
    const tree = (path: string): string => join(tools.dir, 'usr/share/groff/1.23.0', path);
    const own = ['-F', tree('font'), '-M', tree('tmac'), '-ww', '-man', '-Tutf8'];
    const { stderr } = await runTool(tools, 'troff', [...own, file], { signal });
    expect(stderr).toBe('');
  });
});
