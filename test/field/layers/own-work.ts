import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { testWork } from '../../../build/testing.ts';
import { toolsTree } from '../../../build/tools/tree.ts';
import type { Work } from '../../../build/work.ts';

/** Work with a cache in `dir`, with the user's tools. */
export async function ownWork(dir: string): Promise<Work> {
  const { dir: tools } = await toolsTree(testWork());
  mkdirSync(join(dir, 'cache'));
  symlinkSync(join(tools, '..'), join(dir, 'cache/tools'));
  return testWork({ cacheDir: join(dir, 'cache') });
}
