import { isBuiltin } from 'node:module';
import type { Plugin } from 'esbuild';

/**
 * Node's own modules without ECMAScript's import: that makes Node read every export of a module at the start,
 * and some (of node:util, node:fs, node:process) load further modules when read, 10 ms in all. Here each name
 * that a program imports is read, and no other.
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

/** The names are those of the Node that builds; esbuild leaves out what nobody imports. */
function moduleText(id: string): string {
  const names = Object.getOwnPropertyNames(process.getBuiltinModule(id)).filter(isName);
  const lines = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => all.${name})();`);
  return `const all = process.getBuiltinModule('${id}');\nexport default all;\n${lines.join('\n')}`;
}

/** `default` is the module itself; what is no name cannot be imported by one. */
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
 * `require` for CommonJS dependencies. Node's own way to one, createRequire, costs 3 ms, and is taken only
 * for what is no module of Node's.
 */
export const requireText = [
  "const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  'const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),',
  '{resolve:(...args)=>kitRequire().resolve(...args)});',
].join('');
