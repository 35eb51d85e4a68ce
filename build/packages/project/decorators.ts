import { basename } from 'node:path';
import type { Plugin } from 'esbuild';
import { KitError } from '../../../lib/errors/errors.ts';
import { shownPath } from '../definition/shown-path.ts';

/**
 * Compiles a TypeScript file whose decorators need the types of what they decorate (`emitDecoratorMetadata`),
 * which esbuild does not know. Resolves to JavaScript with a source map in it.
 */
export async function withMetadata(file: string, text: string): Promise<string> {
  const { transform } = await import('oxc-transform');
  const { code, map, errors } = await transform(file, text, {
    ...{ lang: file.endsWith('.tsx') ? ('tsx' as const) : ('ts' as const), sourceType: 'module' as const },
    ...{ sourcemap: true, jsx: 'preserve' as const },
    // esbuild removes imports that are only used as types.
    typescript: { onlyRemoveTypeImports: true },
    decorator: { legacy: true, emitDecoratorMetadata: true },
  });
  const [first] = errors;
  if (first) throw new KitError(`Cannot compile "${shownPath(file)}": ${first.message}`);
  const encoded = Buffer.from(JSON.stringify({ ...map, sources: [basename(file)] })).toString('base64');
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`;
}

/** Whether the text may have a decorator. */
export const hasDecorators = (text: string): boolean => /^\s*@[\w$]|[(,]\s*@[\w$]/m.test(text);

/** What the compiled code calls: `__decorate`, `__metadata` and `__param` of TypeScript's tslib. */
export const decoratorHelpers: Plugin = {
  name: 'decorator-helpers',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@oxc-project\/runtime\/helpers\/decorate/ }, ({ path }) => ({
      path: path.slice(path.lastIndexOf('/') + 1),
      namespace,
      sideEffects: false,
    }));
    onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: helpers[path] ?? '', loader: 'js' }));
  },
};

const namespace = 'decorators';

const helpers: Readonly<Record<string, string>> = {
  decorate: `export default function decorate(decorators, target, key, descriptor) {
    const isMember = arguments.length > 2;
    let result = !isMember ? target : descriptor === null
      ? Object.getOwnPropertyDescriptor(target, key) : descriptor;
    for (const decorator of decorators.toReversed()) {
      const given = !isMember ? decorator(result)
        : arguments.length > 3 ? decorator(target, key, result) : decorator(target, key);
      result = given || result;
    }
    if (arguments.length > 3 && result) Object.defineProperty(target, key, result);
    return result;
  }`,
  decorateMetadata: `export default (key, value) =>
    typeof Reflect.metadata === 'function' ? Reflect.metadata(key, value) : () => {};`,
  decorateParam: `export default (index, decorator) => (target, key) => decorator(target, key, index);`,
};
