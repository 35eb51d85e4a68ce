import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from '../../host/program.ts';
import type { ProgramBundle } from '../bundle/bundle.ts';
import { bundleProject } from './bundle-project.ts';
import type { ProjectProgram } from './project-program.ts';

/** A Node project in a temporary folder, for tests: its files, its bundle, and what the bundle prints. */
export class TestProject {
  readonly dir: string;
  /** Stands for the folder of the program in the image. */
  readonly guest: string;
  readonly #top: string;

  constructor(files: Readonly<Record<string, string>> = {}, app = '.') {
    this.#top = realpathSync(mkdtempSync(join(tmpdir(), 'kit-project-')));
    this.dir = join(this.#top, 'project', app);
    this.guest = join(this.#top, 'guest');
    this.write({ 'package.json': '{"name": "app", "type": "module"}', 'package-lock.json': '{}', ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(this.path(name)), { recursive: true });
      writeFileSync(this.path(name), text);
    }
  }

  path(name: string): string {
    return join(this.#top, 'project', name);
  }

  bundle(part: Partial<ProjectProgram> & { readonly service?: string } = {}): Promise<ProgramBundle> {
    const { service = 'main.ts', ...others } = part;
    const program: ProjectProgram = {
      ...{ main: join(this.dir, service), install: join(this.guest, 'main.mjs') },
      ...{ entries: new Map(), assets: [], loaders: {}, external: [], ignoreEngines: [], icu: 'english' },
      ...others,
    };
    return bundleProject(program, this.dir, 'app');
  }

  /** Bundles the program, puts it where it would be in the image, without its project, and runs it. */
  async run(part: Parameters<TestProject['bundle']>[0] = {}): Promise<string> {
    const { stdout } = await this.start(part);
    return stdout;
  }

  async start(part: Parameters<TestProject['bundle']>[0] = {}): Promise<{ stdout: string; stderr: string }> {
    this.install(await this.bundle(part));
    const args = ['--enable-source-maps', join(this.guest, 'main.mjs')];
    return runProgram(process.execPath, args, { signal: AbortSignal.timeout(60_000), cwd: '/' });
  }

  install({ files, assets = [] }: ProgramBundle): void {
    rmSync(this.guest, { recursive: true, force: true });
    const place = (path: string): string => {
      mkdirSync(dirname(path), { recursive: true });
      return path;
    };
    for (const { name, content } of files) writeFileSync(place(join(this.guest, name)), content);
    for (const { path, source } of assets) {
      copyFileSync(source, place(path));
      chmodSync(path, 0o644);
    }
  }

  remove(): void {
    rmSync(this.#top, { recursive: true, force: true });
  }
}
