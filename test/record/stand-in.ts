/**
 * Loaded with `node --import` into a kit that builds for a record: replaces esbuild by `esbuild.ts`, whose
 * bundles of kit's own programs have constant content.
 */
import { registerHooks } from 'node:module';

// Removes the option for child processes, such as npm, which may run on another Node.
delete process.env.NODE_OPTIONS;

const standIn = new URL('./esbuild.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'esbuild' && context.parentURL !== standIn
      ? { url: standIn, shortCircuit: true }
      : next(specifier, context),
});
