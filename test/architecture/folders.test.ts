import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { isGenerated, isTest, sourcesIn } from './sources.ts';

/** As many as a reader takes in at a glance. A folder with more is two rooms. */
const most = 16;

const tops = ['build', 'init', 'services', 'lib', 'test', 'examples'];

test(`no folder has more than ${most} source files besides tests`, () => {
  const sources = tops.flatMap(sourcesIn).filter((path) => !isTest(path) && !isGenerated(path));
  const folders = Map.groupBy(sources, dirname);
  const crowded = [...folders].filter(([, files]) => files.length > most);
  expect(crowded.map(([folder, files]) => `${folder}: ${files.length}`)).toEqual([]);
});
