import { basename, resolve } from 'node:path';
import type { Message, Plugin } from 'esbuild';
import { isDependency } from './places.ts';

/**
 * The modules that a failed build misses, if it fails for nothing else than optional ones: dependencies
 * require() what need not be installed, inside functions that are called only when it is. Undefined for other
 * failures.
 */
export function optionalModules(errors: readonly Message[], folder: string): string[] | undefined {
  const names = errors.map((error) => optionalModule(error, folder));
  return names.length > 0 && names.every((name) => name !== undefined) ? [...new Set(names)] : undefined;
}

/** Imports fail when the file is loaded, calls of require() and import() when they are made. */
function optionalModule({ text, location, notes }: Message, folder: string): string | undefined {
  const [, name] = /^Could not resolve "([^"]+)"$/.exec(text) ?? [];
  const isCall = notes.some((note) =>
    /surround this "(?:require|import)" call|"catch" here|\.catch/.test(note.text),
  );
  return name && isCall && location && isDependency(resolve(folder, location.file)) ? name : undefined;
}

/** Leaves these calls in dependencies to the time when the program runs. */
export function leaveToRunTime(names: readonly string[]): Plugin {
  return {
    name: 'leave-to-run-time',
    setup({ onResolve }) {
      if (names.length === 0) return;
      const escaped = names.map((name) => name.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
      onResolve({ filter: new RegExp(`^(?:${escaped.join('|')})$`) }, ({ path, kind, importer }) => {
        const isCall = kind === 'require-call' || kind === 'require-resolve' || kind === 'dynamic-import';
        return isCall && isDependency(importer) ? { path, external: true } : undefined;
      });
    },
  };
}

/** A native addon is no part of a bundle: it is missing, as on a platform that its package has none for. */
export const withoutAddons: Plugin = {
  name: 'without-addons',
  setup({ onLoad }) {
    onLoad({ filter: /\.node$/, namespace: 'file' }, ({ path }) => {
      const message = `Cannot find module '${basename(path)}': it is a native addon, and not in this bundle`;
      const error = `Object.assign(new Error(${JSON.stringify(message)}), { code: 'MODULE_NOT_FOUND' })`;
      return { contents: `throw ${error};`, loader: 'js' };
    });
  },
};
