import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { kitRoot } from '../host/paths.ts';

/** Tests that have neither the name of the package nor `pkg/NAME` in them. */
const testsOf: Readonly<Record<string, string>> = {
  'audit-probe': 'test/vm/audit.test.ts',
  'ca-certificates': 'test/outputs/examples.test.ts',
  copy: 'test/supervisor/copy.test.ts',
  cryptsetup: 'test/vm/encryption.test.ts',
  'disks-crypt': 'test/vm/encryption.test.ts',
  docker: 'test/vm/engines.test.ts',
  extend: 'test/disk-packages/disks.test.ts',
  getty: 'services/getty/getty.real.test.ts',
  podman: 'test/vm/engines.test.ts',
};

/** Where the checkout uses and tests a package: found by its name, `pkg/NAME`. */
export class Uses {
  readonly #texts: ReadonlyMap<string, string>;

  /** @param read reads a text file of the checkout */
  constructor(read: (path: string) => string) {
    const paths = [
      ...filesIn('examples', /\.yml$/),
      ...filesIn('test', /\.test\.ts$|\.yml$/),
      ...filesIn('services', /\.test\.ts$/),
      ...filesIn('init', /\.test\.ts$/),
      ...filesIn('docs', /^(?!(?:manifest|lint|parts|image-config|audit)\.md$).+\.md$/),
      ...readdirSync(join(kitRoot, 'pkg')).map((name) => `pkg/${name}/build.yml`),
    ];
    const there = paths.filter((path) => existsSync(join(kitRoot, path)));
    this.#texts = new Map(there.map((path) => [path, read(path)]));
  }

  /**
   * An example that has it; else the usage in its own build.yml; of a layer, what is made of it; else a page.
   * @param runs whether it is an image of containers
   */
  example(name: string, runs: boolean): string {
    const own = `pkg/${name}/build.yml`;
    const shown = this.#naming(name, /^examples\//)[0];
    if (shown !== undefined) return shown;
    if (runs && (this.#texts.get(own) ?? '').includes(`image: pkg/${name}`)) return own;
    return this.#above(name) ?? this.#naming(name, /^docs\//)[0] ?? own;
  }

  /**
   * A test named after it, else one of a machine that has it, else any that names it, else those of its
   * program; of a layer, that of what is made of it; else the build of all examples.
   * @param service its program, `services/x/main.ts` @throws Error for a package without a test
   */
  test(name: string, service: string | undefined): string {
    const told = testsOf[name];
    if (told !== undefined && !this.#texts.has(told))
      throw new Error(`There is no "${told}" (build/parts/uses.ts)`);
    const found = told ?? this.#tests(name) ?? this.#besides(service);
    if (found !== undefined) return found;
    const above = this.#above(name)?.split('/')[1];
    if (above !== undefined) return this.test(above, undefined);
    if (this.#naming(name, /^examples\//).length > 0) return 'test/outputs/examples.test.ts';
    throw new Error(`No test names pkg/${name}`);
  }

  #tests(name: string): string | undefined {
    const all = [...this.#texts.keys()].filter((path) => /^test\/.*\.test\.ts$/.test(path));
    const own = new RegExp(`^test/(?:${name}/|(?:vm|network|supervisor)/${name}\\.test)`);
    const after = all.filter((path) => own.test(path));
    const named = this.#naming(name, /^test\/(?!cli)/).flatMap((path) => this.#program(path) ?? []);
    const machine = [...after, ...named].find((path) => path.startsWith('test/vm/'));
    return after.find((path) => path.startsWith('test/vm/')) ?? after[0] ?? machine ?? named[0];
  }

  #besides(service: string | undefined): string | undefined {
    if (service === undefined) return undefined;
    const folder = `${dirname(service)}/`;
    const tests = [...this.#texts.keys()].filter(
      (path) => path.startsWith(folder) && path.endsWith('.test.ts'),
    );
    return tests.find((path) => path.endsWith('.real.test.ts')) ?? tests[0];
  }

  /** The test of a manifest beside it. */
  #program(path: string): string | undefined {
    if (path.endsWith('.test.ts')) return path;
    const test = path.replace(/\.yml$/, '.test.ts');
    return this.#texts.has(test) ? test : undefined;
  }

  /** The build.yml of a package that has it as a layer. */
  #above(name: string): string | undefined {
    const base = new RegExp(`(?:pkg|\\.\\.)/${name}(?![\\w-])`);
    const found = [...this.#texts].find(
      ([path, text]) =>
        path.startsWith('pkg/') && !path.startsWith(`pkg/${name}/`) && base.test(text.replaceAll(/#.*/g, '')),
    );
    return found?.[0];
  }

  #naming(name: string, where: RegExp): string[] {
    const word = new RegExp(`pkg/${name}(?![\\w-])`);
    return [...this.#texts].flatMap(([path, text]) => (where.test(path) && word.test(text) ? [path] : []));
  }
}

/** Sorted, relative to the checkout. */
function filesIn(folder: string, wanted: RegExp): string[] {
  return readdirSync(join(kitRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(kitRoot.length + 1))
    .filter((path) => !/\/(?:testdata|corpus|node_modules)\//.test(path))
    .sort();
}
