import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { BundleKernel } from '../../../lib/bundle/prepare.ts';
import type { Containerd, ContainerId, ExecIo } from '../../../lib/containerd/client.ts';
import { unlessGone } from '../../../lib/containerd/errors.ts';
import type { DebugImage } from '../../../lib/control/generated/control.ts';
import { cgroupRoot } from '../../../lib/linux/process/cgroup.ts';
import type { ExecRequest, Execution } from '../exec/execution.ts';
import { executeOnFifos, type FifoProcess } from '../exec/on-fifos.ts';
import { readLayers } from './layer.ts';
import type { HeldLayers, LayerStore } from './layer-store.ts';
import { toolsSpec } from './tools-spec.ts';

/** Apart from the services': a supervisor that starts anew does not take them for such. */
const namespace = 'kit.debug';
const resolvConf = '/run/resolvconf/resolv.conf';
/** How long what SIGKILL was sent to may take to end, in milliseconds. */
const endMs = 10_000;

/** Runs programs of debug images in the namespaces of services. */
export class ToolsContainers {
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
   * A program of the image beside the process `pid`; `/target` leads to that one's files. Removed when it ends.
   * @param check called when the namespaces are joined: throws if `pid` was somebody else by then
   */
  async execute(
    pid: number,
    { layers, env }: DebugImage,
    request: ExecRequest,
    check: () => void,
  ): Promise<Execution> {
    const held = this.#store.hold(readLayers(layers));
    this.#count += 1;
    const id = `tools-${process.pid}-${this.#count}`;
    const dir = join(this.#sessions, id);
    const root = this.#makeRoot(dir, pid, held);
    const dns = existsSync(resolvConf) ? resolvConf : undefined;
    const spec = toolsSpec({ root, cgroup: `/debug/${id}`, pid, env, resolvConf: dns }, request);
    return executeOnFifos(
      this.#process({ namespace, id }, spec, dir, held, check),
      join(dir, 'fifo'),
      request,
    );
  }

  /** Ends what an earlier supervisor left: nobody is at the other end of it any more. */
  clear(): void {
    if (!this.#kernel.isMounted(this.#store.folder)) return;
    const ids = existsSync(this.#sessions) ? readdirSync(this.#sessions) : [];
    // Whatever is mounted below goes with it, at the latest when its last process has ended.
    this.#store.close();
    for (const id of ids) void this.#end({ namespace, id }).catch(() => {});
  }

  get #sessions(): string {
    return join(this.#store.folder, 'sessions');
  }

  #makeRoot(dir: string, pid: number, held: HeldLayers): string {
    const root = join(dir, 'root');
    const upper = join(dir, 'upper');
    const lower = held.folders.toReversed().join(':');
    try {
      for (const folder of [root, upper, join(dir, 'work')]) mkdirSync(folder, { recursive: true });
      // No bind mount can lead into another mount namespace; this link does.
      symlinkSync(`/proc/${pidInside(pid)}/root`, join(upper, 'target'));
      const options = [`lowerdir=${lower}`, `upperdir=${upper}`, `workdir=${join(dir, 'work')}`];
      this.#kernel.mount('overlay', root, 'overlay', options);
      return root;
    } catch (thrown) {
      this.#clear(dir, held);
      throw thrown;
    }
  }

  #process(id: ContainerId, spec: object, dir: string, held: HeldLayers, check: () => void): FifoProcess {
    const containerd = this.#containerd;
    return {
      async create(io: ExecIo) {
        await containerd.createContainer(id, spec, 'crun');
        await containerd.createTask(id, io);
        check();
      },
      start: () => containerd.startTask(id),
      kill: (signal) => containerd.killTask(id, signal),
      resize: (size) => containerd.resizeExec(id, '', size),
      closeInput: () => containerd.closeExecStdin(id, ''),
      wait: async () => (await containerd.waitTask(id)).status,
      remove: async () => {
        try {
          await this.#end(id);
        } finally {
          this.#clear(dir, held);
        }
      },
    };
  }

  /** The task with all that it has started: processes of another's PID namespace do not die with their first one. */
  async #end(id: ContainerId): Promise<void> {
    const group = join(cgroupRoot, 'debug', id.id, 'cgroup.kill');
    if (existsSync(group)) writeFileSync(group, '1');
    await unlessGone(this.#containerd.killTask(id, 9));
    await Promise.race([unlessGone(this.#containerd.waitTask(id)), pause(endMs, null, { ref: false })]);
    await unlessGone(this.#containerd.deleteTask(id));
    await unlessGone(this.#containerd.deleteContainer(id));
  }

  #clear(dir: string, held: HeldLayers): void {
    const root = join(dir, 'root');
    if (this.#kernel.isMounted(root)) this.#kernel.unmount(root);
    rmSync(dir, { recursive: true, force: true });
    held.release();
  }
}

/** Its number in its own PID namespace: the last one of NSpid (proc_pid_status(5)). */
function pidInside(pid: number): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return /^NSpid:.*?(\d+)$/m.exec(status)?.[1] ?? String(pid);
}
