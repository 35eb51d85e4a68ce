import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { hostArch } from '../../build/host/arch.ts';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { textEntry, writeTar } from '../../lib/archive/tar.ts';
import { elfProgram } from '../support/elf-program.ts';

/** The result of a `kit` process. */
export interface Ended {
  /** Null if it was killed by a signal. */
  readonly status: number | null;
  readonly stdout: string;
  /** Without progress lines. */
  readonly stderr: string;
}

/** A running `./kit`, leader of its own process group, as when a shell starts it. */
export class RunningKit {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(file: string, args: readonly string[], cwd: string, env: Record<string, string>) {
    this.child = spawn(file, [...args], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      this.child[name]?.setEncoding('utf8').on('data', (piece) => {
        text[name] += piece;
      });
    }
    this.ended = once(this.child, 'close').then(([status]) => {
      return { status, stdout: text.stdout, stderr: text.stderr.replace(/^kit: .*\n/gm, '') };
    });
  }

  /** As a terminal does for Ctrl-C: signals the process group. */
  interrupt(): void {
    if (this.child.pid !== undefined && this.isRunning) process.kill(-this.child.pid, 'SIGINT');
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }
}

/**
 * A folder with small packages (a kernel of a few bytes, an init, a service) and a manifest of them,
 * `good.yml`. It builds in a second, and needs only kit's tools, which all caches of the tests share.
 */
export class CliWorld {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-cli-'));
  #caches = 0;

  static async make(): Promise<CliWorld> {
    await toolsTree(testWork());
    const world = new CliWorld();
    await world.#writeKernel();
    world.write('init/build.yml', 'image: init\nlabels: {io.kit.layout: layered}\n');
    world.write('init/files/usr/lib/kit/stage1/init', '#!/bin/busybox sh\n');
    world.write('init/files/usr/lib/kit/stage1/medium', '# the medium\n');
    world.write('init/files/usr/lib/kit/stage1/shell', '# the shell\n');
    world.write('init/files/usr/bin/busybox', 'BUSYBOX');
    world.write('init/files/usr/bin/crun', 'CRUN');
    world.write('web/build.yml', 'image: web\nentrypoint: [/bin/web]\n');
    // Incompressible, so that converting and writing it takes time.
    world.write('web/files/bin/web', elfProgram(hostArch, randomBytes(8 << 20)), 0o755);
    world.manifest('good.yml', 'files: [{path: etc/motd, contents: hello}]');
    return world;
  }

  /** Writes a manifest with the kernel, the init, the service and these lines. */
  manifest(name: string, lines: string): void {
    this.write(
      name,
      `kernel: {image: ./kernel}\ninit: [./init]\nservices: [{name: web, image: ./web}]\n${lines}\n`,
    );
  }

  write(path: string, content: string | Uint8Array, mode = 0o644): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content, { mode });
  }

  path(...names: string[]): string {
    return join(this.dir, ...names);
  }

  /** The folder of a new cache, empty except for the tools. */
  newCache(): string {
    const cache = this.path(`cache-${++this.#caches}`);
    mkdirSync(cache);
    symlinkSync(join(cacheDir(process.env), 'tools'), join(cache, 'tools'));
    return cache;
  }

  start(cache: string, args: readonly string[], env: Record<string, string> = {}): RunningKit {
    return new RunningKit(join(kitRoot, 'kit'), args, this.dir, { ...this.environment(cache), ...env });
  }

  kit(cache: string, ...args: string[]): Promise<Ended> {
    return this.start(cache, args).ended;
  }

  /** The environment variables of `./kit`. */
  environment(cache: string): Record<string, string> {
    return {
      PATH: process.env.PATH ?? '',
      HOME: this.dir,
      KIT_CACHE: cache,
      KIT_STATE: this.path('state'),
      NODE_COMPILE_CACHE: this.path('compile'),
    };
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #writeKernel(): Promise<void> {
    this.write('kernel/build.yml', 'image: kernel\n');
    this.write('kernel/files/kernel', 'KERNEL');
    const modules = 'usr/lib/modules/6.0-test';
    await writeTar(this.path('kernel/files/kernel.tar'), [
      ...['loop', 'erofs', 'overlay'].map((name) => textEntry(`${modules}/${name}.ko`, name)),
      textEntry(`${modules}/modules.alias`, ''),
      textEntry(`${modules}/modules.dep`, 'erofs.ko: loop.ko\nloop.ko:\noverlay.ko:\n'),
    ]);
  }
}
