import { copyFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { kitRoot } from '../../host/paths.ts';
import { runProgram } from '../../host/program.ts';
import type { Work } from '../../work.ts';
import { readBuildYml } from '../definition/build-yml.ts';
import { shownPath } from '../definition/shown-path.ts';
import { projectPlaces } from '../project/places.ts';
import { nearestTsconfig, readTsconfig } from '../project/tsconfig.ts';
import { checkedInputs } from './checked-inputs.ts';
import { type Compiler, findCompiler } from './compiler.ts';
import { diagnosticErrors, listedFiles } from './diagnostics.ts';
import { recordCheck } from './record.ts';

/**
 * Checks the types of a package's program, and records that there is no mistake.
 * @param stem path of the record and of TypeScript's own state, without their endings
 */
export async function checkNow(dir: string, stem: string, work: Work): Promise<void> {
  const started = Date.now();
  const { compiler, looked } = await compilerOf(dir);
  const checked = compiler
    ? await work.progress.task(`Check the types of ${shownPath(dir)}`, () => check(compiler, stem, work))
    : [];
  await recordCheck(`${stem}.json`, dir, [...looked, ...checked], started);
}

/** @returns the compiler, and every path that was looked at */
async function compilerOf(
  dir: string,
): Promise<{ compiler: Compiler | undefined; looked: readonly string[] }> {
  const { source } = await readBuildYml(dir);
  const looked = [join(dir, 'build.yml')];
  if (source.kind !== 'service' || !source.project) return { compiler: undefined, looked };
  const { home, root } = projectPlaces(dir, source.main, dirname(source.install));
  const { file, candidates } = nearestTsconfig(home, root);
  looked.push(...candidates);
  // Packages of kit's checkout are checked together with kit.
  if (file === undefined || dirname(file) === kitRoot) return { compiler: undefined, looked };
  const found = findCompiler(file, root);
  return { compiler: found.compiler, looked: [...looked, ...found.looked] };
}

/** @returns the files that determine the result */
async function check(compiler: Compiler, stem: string, work: Work): Promise<string[]> {
  const { chain } = readTsconfig(compiler.tsconfig);
  return work.cache.scratch(async (scratch) => {
    // What TypeScript remembers from the last check. In a copy: another kit may check at the same time.
    const [kept, state] = [`${stem}.tsbuildinfo`, join(scratch, 'tsbuildinfo')];
    await copyFile(kept, state).catch(() => {});
    const args = [
      '--noEmit',
      '--pretty',
      'false',
      '--listFiles',
      '--incremental',
      '--tsBuildInfoFile',
      state,
    ];
    const cwd = dirname(compiler.tsconfig);
    const program = [compiler.program, '-p', compiler.tsconfig, ...args];
    const { stdout } = await runProgram(process.execPath, program, { signal: work.signal, cwd }).catch(
      (thrown: unknown) => {
        throw diagnosticErrors(thrown, compiler.tsconfig);
      },
    );
    makeFolder(dirname(kept));
    await rename(state, kept).catch(() => {});
    return checkedInputs(compiler, chain, listedFiles(stdout));
  });
}
