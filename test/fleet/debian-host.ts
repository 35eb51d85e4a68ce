import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namespaceTools } from '../../build/container/namespace-tools.ts';
import { testWork } from '../../build/testing.ts';
import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/make-tree.ts';
import type { Entry } from '../hosts/enter.ts';
import { mountNamespace } from '../hosts/namespaces.ts';
import { type Result, run } from '../support/run-kit.ts';

/** Folders of the host that can be written to. */
const own = ['home', 'run', 'var', 'shared'] as const;

interface HostOptions {
  /** Of whom the scripts are. */
  readonly uid: number;
  /** Options of unshare(1), besides those for mounts and processes. */
  readonly namespaces?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Starts the daemon, before each script. */
  readonly daemon: string;
}

/** A Debian host with the packages of a tree, in namespaces of its own. Needs root. */
export class DebianHost {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-fleet-'));
  readonly #root: Tools;
  readonly #unshare: Tools;
  readonly #options: HostOptions;

  constructor(root: Tools, unshare: Tools, options: HostOptions) {
    [this.#root, this.#unshare, this.#options] = [root, unshare, options];
    for (const name of [...own, 'root']) mkdirSync(join(this.dir, name));
  }

  static async make(root: Tools, options: HostOptions): Promise<DebianHost> {
    return new DebianHost(root, await namespaceTools(testWork()), options);
  }

  /** The folder that is /shared there. */
  get work(): string {
    return join(this.dir, 'shared');
  }

  /** Runs a script with bash in /shared, together with the daemon, until the script ends. */
  async sh(script: string): Promise<Result> {
    const { uid, daemon, namespaces = [] } = this.#options;
    for (const name of own) chownSync(join(this.dir, name), uid, uid);
    const spec = join(this.dir, 'entry.json');
    writeFileSync(spec, JSON.stringify(this.#entry(`${daemon}\n${script}`)));
    const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
    const enter = [...node, join(import.meta.dirname, '../hosts/enter.ts'), spec];
    // What the script leaves behind, machines and daemons, ends with its PID namespace.
    const processes = ['--pid', '--fork', '--kill-child', '--mount-proc'];
    // Its first process, bash, waits for daemons that lost their parent, as init does: a QEMU that has ended,
    // and that nobody has waited for, runs on to libvirt.
    const bash = toolCommand(this.#root, 'bash', ['-c', '"$@"; exit $?', 'bash', ...enter]);
    const options = [...mountNamespace, ...processes, ...namespaces, bash.file, ...bash.args];
    const { file, args } = toolCommand(this.#unshare, 'unshare', options);
    return run(file, args, { timeoutMs: 1_700_000 });
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #entry(script: string): Entry {
    const { uid, env } = this.#options;
    return {
      ...{ root: join(this.dir, 'root'), uid, cwd: '/shared' },
      command: ['/usr/bin/bash', '-euo', 'pipefail', '-c', script],
      binds: {
        usr: { from: join(this.#root.dir, 'usr') },
        ...Object.fromEntries(
          ['proc', 'sys', 'dev'].map((name) => [name, { from: `/${name}`, writable: true }]),
        ),
        ...Object.fromEntries(own.map((name) => [name, { from: join(this.dir, name), writable: true }])),
      },
      files: {
        'etc/passwd': `root:x:0:0::/home:/bin/sh\n${uid === 0 ? '' : `ada:x:${uid}:${uid}::/home:/bin/sh\n`}`,
        'etc/group': `root:x:0:\n${uid === 0 ? 'incus-admin:x:999:\n' : `ada:x:${uid}:\n`}`,
        'etc/machine-id': '00000000000000000000000000000001\n',
      },
      links: { bin: 'usr/bin', sbin: 'usr/sbin', lib: 'usr/lib', lib64: 'usr/lib64' },
      env: { PATH: '/usr/bin:/usr/sbin', HOME: '/home', XDG_RUNTIME_DIR: '/run', ...env },
    };
  }
}
