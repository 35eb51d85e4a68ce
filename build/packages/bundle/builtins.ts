import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Loads Node's own modules without an ECMAScript import, for which Node reads every export of a module; some
 * (of node:util, node:fs, node:process) load further modules, 10 ms in all. Here, only names that a program
 * imports are read.
 */
export const builtins: Plugin = {
  name: 'builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z]/ }, ({ path, kind }) => {
      if (kind !== 'import-statement' || !isBuiltin(path)) return undefined;
      return { path: path.replace(/^(node:)?/, 'node:'), namespace, sideEffects: false };
    });
    onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: moduleText(path), loader: 'js' }));
  },
};

const namespace = 'builtin';

/** The names are those of the Node that builds; esbuild removes unused ones. */
function moduleText(id: string): string {
  const names = Object.getOwnPropertyNames(process.getBuiltinModule(id)).filter(isName);
  const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})();`);
  return `const all = process.getBuiltinModule('${id}');\nexport default all;\n${lines.join('\n')}`;
}

/** `default` is the module itself. Only identifiers can be imported by name. */
function isName(text: string): boolean {
  if (text === 'default' || text === 'all' || !/^[A-Za-z_$][\w$]*$/.test(text)) return false;
  try {
    new Function(`const ${text} = 0`);
    return true;
  } catch {
    // A reserved word.
    return false;
  }
}

/**
 * `require` for CommonJS dependencies. createRequire takes 3 ms, so it is called only for modules other than
 * Node's own.
 */
export const requireText = [
  "const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  'const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),',
  '{resolve:(...args)=>kitRequire().resolve(...args)});',
].join('');
