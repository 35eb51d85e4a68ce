import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { isGenerated, isTest, sourcesIn } from './sources.ts';

/** Few enough to survey at a glance. A folder with more files should be split. */
const most = 16;

const tops = ['build', 'init', 'services', 'lib', 'test', 'examples'];

test(`no folder has more than ${most} source files besides tests`, () => {
  const sources = tops.flatMap(sourcesIn).filter((path) => !isTest(path) && !isGenerated(path));
  const folders = Map.groupBy(sources, dirname);
  const crowded = [...folders].filter(([, files]) => files.length > most);
  expect(crowded.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
});
