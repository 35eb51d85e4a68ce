import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import type { Containerd, ContainerId, ExecIo } from '../../../lib/containerd/client.ts';
import type { DebugImage } from '../../../lib/control/generated/control.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';
import type { ExecRequest, Execution } from '../exec/execution.ts';
import { executeOnFifos, type FifoProcess } from '../exec/on-fifos.ts';
import { removeContainer } from '../exec/remove-container.ts';
import { debugContainerSpec } from './debug-container-spec.ts';
import { parseDebugLayers } from './debug-layer.ts';
import type { LayerStore, MountedLayers } from './layer-store.ts';

/** containerd namespace. Not one of the services': a new supervisor would try to adopt these tasks. */
const namespace = 'kit.debug';
const resolvConf = '/run/resolvconf/resolv.conf';

/** Runs programs of debug images in the namespaces of services, each in a container of its own. */
export class DebugContainers {
  readonly #containerd: Containerd;
  readonly #store: LayerStore;
  readonly #kernel: BundleKernel;
  #count = 0;

  constructor(containerd: Containerd, store: LayerStore, kernel: BundleKernel) {
    this.#containerd = containerd;
    this.#store = store;
    this.#kernel = kernel;
  }

  /**
   * Runs a program of the image in the namespaces of process `pid`, whose root is at `/target`. The container
   * is removed when the program has ended.
   * @param checkPid called once the namespaces are entered; throws if `pid` may be another process by then
   */
  async execute(
    pid: number,
    { layers, env }: DebugImage,
    request: ExecRequest,
    checkPid: () => void,
  ): Promise<Execution> {
    const mounted = this.#store.mount(parseDebugLayers(layers));
    this.#count += 1;
    const id = `tools-${process.pid}-${this.#count}`;
    const dir = join(this.#sessions, id);
    const root = this.#mountRoot(dir, pid, mounted);
    const dns = existsSync(resolvConf) ? resolvConf : undefined;
    const spec = debugContainerSpec({ root, cgroup: `/debug/${id}`, pid, env, resolvConf: dns }, request);
    const first = this.#process({ namespace, id }, spec, dir, mounted, checkPid);
    return executeOnFifos(first, join(dir, 'fifo'), request);
  }

  /** Ends the containers of an earlier supervisor, whose clients have lost their connection. */
  removeLeftovers(): void {
    if (!this.#kernel.isMounted(this.#store.folder)) return;
    const ids = existsSync(this.#sessions) ? readdirSync(this.#sessions) : [];
    // A lazy unmount includes the mounts below it, at the latest when the last process in them has ended.
    this.#store.close();
    for (const id of ids) void this.#remove({ namespace, id }).catch(() => {});
  }

  get #sessions(): string {
    return join(this.#store.folder, 'sessions');
  }

  #mountRoot(dir: string, pid: number, mounted: MountedLayers): string {
    const root = join(dir, 'root');
    const upper = join(dir, 'upper');
    const lower = mounted.folders.toReversed().join(':');
    try {
      for (const folder of [root, upper, join(dir, 'work')]) makeFolder(folder);
      // A link, as a bind mount cannot have its source in another mount namespace.
      symlinkSync(`/proc/${pidInNamespace(pid)}/root`, join(upper, 'target'));
      const options = [`lowerdir=${lower}`, `upperdir=${upper}`, `workdir=${join(dir, 'work')}`];
      this.#kernel.mount('overlay', root, 'overlay', options);
      return root;
    } catch (thrown) {
      this.#removeFiles(dir, mounted);
      throw thrown;
    }
  }

  #process(
    id: ContainerId,
    spec: object,
    dir: string,
    mounted: MountedLayers,
    checkPid: () => void,
  ): FifoProcess {
    const containerd = this.#containerd;
    return {
      async create(io: ExecIo) {
        await containerd.createContainer(id, spec, 'crun');
        await containerd.createTask(id, io);
        checkPid();
      },
      start: () => containerd.startTask(id),
      kill: (signal) => containerd.killTask(id, signal),
      resize: (size) => containerd.resizeExec(id, '', size),
      closeInput: () => containerd.closeExecStdin(id, ''),
      wait: async () => (await containerd.waitTask(id)).status,
      remove: async () => {
        try {
          await this.#remove(id);
        } finally {
          this.#removeFiles(dir, mounted);
        }
      },
    };
  }

  /**
   * Kills the whole cgroup: in the service's PID namespace, other processes outlive the container's first
   * one.
   */
  async #remove(id: ContainerId): Promise<void> {
    const killFile = join(cgroupRoot, 'debug', id.id, 'cgroup.kill');
    if (existsSync(killFile)) writeFileSync(killFile, '1');
    await removeContainer(this.#containerd, id);
  }

  #removeFiles(dir: string, mounted: MountedLayers): void {
    const root = join(dir, 'root');
    if (this.#kernel.isMounted(root)) this.#kernel.unmount(root);
    rmSync(dir, { recursive: true, force: true });
    mounted.release();
  }
}

/** The pid in the process's own PID namespace: the last number of NSpid (proc_pid_status(5)). */
function pidInNamespace(pid: number): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return /^NSpid:.*?(\d+)$/m.exec(status)?.[1] ?? String(pid);
}
