import { type ResolveHookContext, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { dataFile, isPackaged, packagedFile } from '../../host/paths.ts';

/**
 * Makes imports find what editors and bundlers find: `./base` and `./base.js` are base.ts, and
 * `@kitlinux/kit/manifest` is this kit where the project has not installed it.
 */
export function resolveAsBundlers(): void {
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (thrown) {
        for (const other of others(specifier)) {
          const found = attempt(() => next(other, context as ResolveHookContext));
          if (found) return found;
        }
        throw thrown;
      }
    },
  });
}

function others(specifier: string): string[] {
  if (specifier === '@kitlinux/kit/manifest') {
    const own = isPackaged ? packagedFile('manifest.js') : dataFile('build/api/manifest.ts');
    return [pathToFileURL(own).href];
  }
  if (!/^\.{0,2}\//.test(specifier)) return [];
  const script = /\.([cm]?)js$/.exec(specifier);
  if (script) return [`${specifier.slice(0, -script[0].length)}.${script[1]}ts`];
  return ['.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'].map((ending) => `${specifier}${ending}`);
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
