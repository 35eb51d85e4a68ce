import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { debianSource } from '../../build/debian/source.ts';
import { kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';
import { isRoot } from '../support/needs.ts';
import { type Result, run } from '../support/run-kit.ts';
import type { Entry } from './enter.ts';
import { mountNamespace } from './namespaces.ts';

/** libc, sh, and the libraries of Node. */
const rootSource = debianSource({
  packages: ['dash', 'libatomic1', 'libc6', 'libgcc-s1', 'libstdc++6'],
  depends: false,
});
const straceSource = debianSource({ packages: ['strace'] });

export interface InHost {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: 0. */
  readonly uid?: number;
}

export interface TracedResult extends Result {
  /** Paths of all programs that were executed, in the root, without kit's own tools. */
  readonly executed: readonly string[];
}

/**
 * A root with libc, /bin/sh, Node and npm and nothing else, in which kit's checkout is /kit (read-only) and
 * its cache /cache. Runs in a mount namespace; without root, in a user namespace.
 */
export class BareHost {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-host-'));
  /** An ordinary user in the root; without root, the one user of the namespace. */
  readonly userId = isRoot ? 1000 : 0;
  readonly #root: Tools;
  readonly #strace: Tools;
  readonly #unshare: Tools;
  #runs = 0;

  constructor(root: Tools, strace: Tools, unshare: Tools) {
    [this.#root, this.#strace, this.#unshare] = [root, strace, unshare];
    for (const name of ['cache', 'home', 'out']) {
      mkdirSync(join(this.dir, name));
      if (isRoot) chownSync(join(this.dir, name), this.userId, this.userId);
    }
  }

  static async make(): Promise<BareHost> {
    const work = testWork();
    const lock = (name: string): string => join(import.meta.dirname, `${name}.lock.json`);
    return new BareHost(
      await debianTree('bare host of the tests', rootSource, lock('root'), work),
      await debianTree('strace of the tests', straceSource, lock('strace'), work),
      await namespaceTools(work),
    );
  }

  /** Runs a command of the shell in /kit. */
  async sh(script: string, { files = {}, env = {}, uid = 0 }: InHost = {}): Promise<TracedResult> {
    const name = join(this.dir, `run-${++this.#runs}`);
    const [spec, log, root] = [`${name}.json`, `${name}.log`, `${name}.root`];
    mkdirSync(root);
    writeFileSync(spec, JSON.stringify(this.#entry(root, script, files, env, uid)));
    const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
    const enter = [...node, join(import.meta.dirname, 'enter.ts'), spec];
    const unshare = toolCommand(this.#unshare, 'unshare', [...mountNamespace, ...enter]);
    const trace = [
      '-f',
      '--seccomp-bpf',
      '-qq',
      '-e',
      'trace=execve',
      '-e',
      'signal=none',
      '-s',
      '4096',
      '-o',
      log,
    ];
    const strace = toolCommand(this.#strace, 'strace', [...trace, unshare.file, ...unshare.args]);
    const result = await run(strace.file, strace.args);
    return { ...result, executed: executedPrograms(readFileSync(log, 'utf8')) };
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #entry(root: string, script: string, files: InHost['files'], env: InHost['env'], uid: number): Entry {
    const own = (name: string) => ({ from: join(this.dir, name), writable: true });
    return {
      ...{ root, uid, cwd: '/kit', command: ['/bin/sh', '-c', script] },
      binds: {
        usr: { from: join(this.#root.dir, 'usr') },
        ...{ proc: { from: '/proc', writable: true }, sys: { from: '/sys', writable: true } },
        ...{ dev: { from: '/dev', writable: true }, kit: { from: kitRoot } },
        ...{ cache: own('cache'), home: own('home'), out: own('out') },
        'opt/npm': { from: npmFolder() },
        'opt/node': { from: dirname(dirname(realpathSync(process.execPath))) },
      },
      files: {
        'opt/bin/npm': '#!/bin/sh\nexec node /opt/npm/bin/npm-cli.js "$@"\n',
        'etc/passwd': 'root:x:0:0::/home:/bin/sh\nuser:x:1000:1000::/home:/bin/sh\n',
        ...files,
      },
      links: { bin: 'usr/bin', sbin: 'usr/sbin', lib: 'usr/lib', lib64: 'usr/lib64' },
      env: {
        ...{ PATH: '/opt/bin:/opt/node/bin:/usr/bin:/bin', HOME: '/home' },
        ...{ KIT_CACHE: '/cache', KIT_STATE: '/cache/state', ...env },
      },
    };
  }
}

/** The folder of the npm in PATH, with bin/npm-cli.js. */
function npmFolder(): string {
  const paths = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'npm'));
  const npm = paths.find((path) => existsSync(path));
  if (!npm) throw new Error('there is no npm in PATH');
  return dirname(dirname(realpathSync(npm)));
}

/**
 * From a log of strace: `12 execve("/bin/sh", ["sh", …], 0x… ) = 0`. Failed attempts of a search are left
 * out.
 */
function executedPrograms(log: string): string[] {
  const lines = log
    .split('\n')
    .filter((line) => /(?:\)| resumed>.*) += 0$/.test(line) || /unfinished/.test(line));
  const paths = lines.flatMap((line) => /execve\("([^"]+)"/.exec(line)?.[1] ?? []);
  const inside = paths.slice(paths.indexOf('/bin/sh'));
  return [...new Set(inside)].filter((path) => !path.startsWith('/cache/tools/')).toSorted();
}
