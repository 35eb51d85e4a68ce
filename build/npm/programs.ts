import { isBuiltin } from 'node:module';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { kitRoot } from '../host/paths.ts';
import { builtins, requireText } from '../packages/bundle/builtins.ts';
import { absent } from '../packages/bundle/drop-unused-code.ts';

/**
 * What is compiled into a file of its own, by its path in the checkout: the command, the large programs
 * together, and the others that kit starts with `nodeProgram`.
 */
export const programs = [
  'build/npm/kit.ts',
  'build/npm/large.ts',
  'build/container/launcher-main.ts',
  'build/container/network/bridge-main.ts',
  'build/container/network/port-main.ts',
  'build/cluster/network/switch-main.ts',
  'build/qemu/bound/exec-bound.ts',
  'build/manifest/config/config-main.ts',
] as const;

/** What the programs of other people import: the source of `exports` in package.json. */
export const exported = {
  manifest: 'build/api/manifest.ts',
  service: 'lib/service/service.ts',
  test: 'build/api/test.ts',
} as const;

/** npm packages that are installed along with kit, because they contain programs; all others are bundled. */
export const installed = ['esbuild', 'oxc-parser', 'oxc-transform'];

/**
 * Compiles the programs into `folder`, each into one file: that starts faster than many, though what is
 * loaded on demand is in it, too. Resolves to the paths of all source files, relative to the checkout.
 */
export async function compilePrograms(folder: string): Promise<string[]> {
  const common = { ...options, outdir: folder, absWorkingDir: kitRoot };
  const results = await Promise.all([
    build({ ...common, ...programOptions(), entryPoints: [...programs], banner: { js: requireText } }),
    // On the Node of the user, or in a bundle of the user.
    ...Object.entries(exported).map(([name, source]) =>
      build({
        ...{ ...common, entryPoints: { [name]: source }, target: 'node20', plugins: [withoutChannelz] },
        ...{ banner: name === 'test' ? { js: plainRequire } : {} },
      }),
    ),
  ]);
  return [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))];
}

/** How programs that run on kit's own Node are compiled: in need of `requireText` as a banner. */
export const programOptions = () =>
  ({ ...options, target: 'node26', plugins: [late, builtins, withoutChannelz] }) satisfies BuildOptions;

/** For CommonJS dependencies. */
const plainRequire =
  "import{createRequire as kitRequire}from'node:module';const require=kitRequire(import.meta.url);";

const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  // All in one folder: build/host/paths.ts derives that of the package from its own.
  entryNames: '[name]',
  charset: 'ascii',
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 160,
  // The licences are in notices.txt.
  legalComments: 'none',
  external: [...installed, '*.node', 'cpu-features'],
  define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
  tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, target: 'es2024' } },
  metafile: true,
  logLevel: 'silent',
} as const satisfies BuildOptions;

/** Without a compiler of protobuf, which @grpc/grpc-js needs for a service that kit does not offer. */
const withoutChannelz: Plugin = {
  name: 'without-channelz',
  setup({ onResolve, onLoad }) {
    const namespace = 'absent';
    onResolve({ filter: /^@grpc\/proto-loader$/ }, ({ path }) => ({ path, namespace }));
    onLoad({ filter: /./, namespace }, () => ({ contents: absent('channelz'), loader: 'js' }));
  },
};

/**
 * Loads installed packages when the modules that import them are run: an import of the bundle itself would
 * load them at every start. The same for node:crypto in openpgp, which would read all its exports, deprecated
 * ones included.
 */
const late: Plugin = {
  name: 'late',
  setup({ onResolve, onLoad }) {
    const namespace = 'late';
    onResolve({ filter: /^\.\/large\.ts$/ }, () => ({ path: './large.js', external: true }));
    onResolve(
      { filter: new RegExp(`^(?:${installed.join('|')})$`) },
      ({ path, importer, namespace: from }) =>
        from === namespace || importer === path ? { path, external: true } : { path, namespace },
    );
    onResolve({ filter: /^(?:node:)?crypto$/ }, ({ path, importer }) =>
      importer.includes('/openpgp/') ? { path, namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, ({ path }) => {
      const load = isBuiltin(path) ? 'process.getBuiltinModule' : 'require';
      return { contents: `module.exports = ${load}(${JSON.stringify(path)});`, loader: 'js' };
    });
  },
};
