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
import { libvirtTools } from './tools.ts';

/** An ordinary user: root would get the system's daemon, which manages networks and cgroups of the host. */
const user = 1000;

/**
 * A Debian host with libvirt and QEMU, in a mount namespace of its own. `dir` is /work there, and belongs to
 * the user. Needs root.
 */
export class LibvirtHost {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-libvirt-'));
  readonly #root: Tools;
  readonly #unshare: Tools;

  constructor(root: Tools, unshare: Tools) {
    [this.#root, this.#unshare] = [root, unshare];
    for (const name of ['home', 'work', 'run', 'root']) mkdirSync(join(this.dir, name));
  }

  static async make(): Promise<LibvirtHost> {
    return new LibvirtHost(await libvirtTools(), await namespaceTools(testWork()));
  }

  get work(): string {
    return join(this.dir, 'work');
  }

  /** Runs a script with bash in /work, together with a daemon of libvirt, until the script ends. */
  async sh(script: string): Promise<Result> {
    for (const name of ['home', 'work', 'run']) chownSync(join(this.dir, name), user, user);
    const spec = join(this.dir, 'entry.json');
    writeFileSync(spec, JSON.stringify(this.#entry(`${daemon}\n${script}`)));
    const node = [process.execPath, '--disable-warning=ExperimentalWarning'];
    const enter = [...node, join(import.meta.dirname, '../hosts/enter.ts'), spec];
    // What the script leaves behind, machines and daemons, ends with its PID namespace.
    const options = [...mountNamespace, '--pid', '--fork', '--kill-child', '--mount-proc'];
    const { file, args } = toolCommand(this.#unshare, 'unshare', [...options, ...enter]);
    return run(file, args, { timeoutMs: 1_700_000 });
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  #entry(script: string): Entry {
    const own = (name: string) => ({ from: join(this.dir, name), writable: true });
    const tree = (name: string) => ({ from: join(this.#root.dir, name) });
    return {
      ...{ root: join(this.dir, 'root'), uid: user, cwd: '/work' },
      command: ['/usr/bin/bash', '-euo', 'pipefail', '-c', script],
      binds: {
        usr: tree('usr'),
        ...{ proc: { from: '/proc', writable: true }, sys: { from: '/sys' } },
        ...{ dev: { from: '/dev', writable: true } },
        ...{ home: own('home'), work: own('work'), run: own('run') },
      },
      files: {
        'etc/passwd': `root:x:0:0::/root:/bin/sh\nada:x:${user}:${user}::/home:/bin/sh\n`,
        'etc/group': `root:x:0:\nada:x:${user}:\n`,
        'etc/machine-id': '00000000000000000000000000000001\n',
      },
      links: { bin: 'usr/bin', sbin: 'usr/sbin', lib: 'usr/lib', lib64: 'usr/lib64' },
      env: {
        ...{ PATH: '/usr/bin:/usr/sbin', HOME: '/home', XDG_RUNTIME_DIR: '/run' },
        LIBVIRT_DEFAULT_URI: 'qemu:///session',
      },
    };
  }
}

/** Consoles are written to files by QEMU itself, not by another daemon. */
const daemon = `
mkdir -p /home/.config/libvirt
echo 'stdio_handler = "file"' > /home/.config/libvirt/qemu.conf
libvirtd --daemon
for try in {1..600}; do virsh version > /dev/null 2>&1 && break; sleep 0.1; done
`;
