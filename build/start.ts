/**
 * The command of a checkout, as build/npm/kit.ts is that of the npm package: runs build/main.ts, from its
 * bundle when there is one of these sources. Each module that this file imports delays every command.
 */
import { isVersion, showVersion } from './commands/show-version.ts';

const [verb, ...flags] = process.argv.slice(2);
if (isVersion(verb, flags)) await showVersion({ json: flags.length > 0 }, process);
else await main();

async function main(): Promise<void> {
  const { keepCompiledCode } = await import('./host/users/compile-cache.ts');
  const compiled = keepCompiledCode();
  const { bundleFolder, findBundle, importBundle } = await import('./checkout/find-bundle.ts');
  const folder = bundleFolder(compiled);
  const bundle = folder && findBundle(folder);
  if (bundle) return importBundle(bundle);
  await import('./main.ts');
  // After a build, a second more matters less than after the commands that scripts call again and again.
  if (!folder || verb !== 'build' || process.exitCode !== 0) return;
  const { keepBundle } = await import('./checkout/make-bundle.ts');
  await keepBundle(folder);
}
