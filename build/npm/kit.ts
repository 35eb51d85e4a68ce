/**
 * `kit.js PROGRAM ARG…`, the command of the npm package, in place of build/main.ts and the other
 * `largePrograms` (build/host/paths.ts). All but `kit version` is in another file, which loads slower.
 */
import process from 'node:process';
import { isVersion, showVersion } from '../commands/show-version.ts';
import { keepCompiledCode } from '../host/users/compile-cache.ts';

const [program, verb, ...flags] = process.argv.slice(2);
if (program === 'main' && isVersion(verb, flags)) await showVersion({ json: flags.length > 0 }, process);
else {
  keepCompiledCode();
  await import('./large.ts');
}
