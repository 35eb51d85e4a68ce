import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { rootOf } from '../../../lib/bundle/owners.ts';
import {
  type BundleKernel,
  prepareBundle,
  prepareProcess,
  releaseBinds,
  releaseBundle,
} from '../../../lib/bundle/prepare.ts';
import type { Bundle } from '../../../lib/bundle/read.ts';
import type { Containerd, ContainerId, Task } from '../../../lib/containerd/client.ts';
import { isAlreadyExists, isTaskFolderLeft } from '../../../lib/containerd/errors.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { dropsSignal } from '../../../lib/linux/process/dropped-signal.ts';
import { openProcess, type ProcessHandle } from '../../../lib/linux/process/pidfd.ts';
import { parentPid } from '../../../lib/linux/process/process.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';
import type { AuditTrail } from '../audit/audit-trail.ts';
import { removeContainer } from '../exec/remove-container.ts';
import type { ProbeTarget } from '../probe/probe.ts';
import type { ProcessExit } from '../state/exit.ts';
import { ConcurrencyLimit } from './concurrency-limit.ts';
import { LineMatcher } from './line-matcher.ts';
import { withMachineDevices } from './machine-devices.ts';
import { withMemoryLimit } from './memory-limit.ts';
import { type OutputFifos, openOutputFifos } from './output-fifos.ts';
import { untilAnswered } from './retry.ts';
import { ServiceCgroup } from './service-cgroup.ts';
import { ServiceExecs } from './service-execs.ts';
import { readServiceSpec } from './service-spec.ts';

/**
 * A deletion runs two programs. If all services exit at once, deleting all of them at once would keep the
 * supervisor from the CPU for longer than clients wait. The limit is high enough that a few hanging deletions
 * do not block the others.
 */
const deletions = new ConcurrencyLimit(4 * availableParallelism());

export interface RunnerOutput {
  /** For fifos, in memory. */
  readonly folder: string;
  readonly audit: AuditTrail;
}

/** Runs one service on containerd: one task at a time, in one container for all its runs. */
export class Runner {
  readonly bundle: Bundle;
  readonly log: LogWriter;
  readonly cgroup: ServiceCgroup;
  readonly execs: ServiceExecs;
  /** The pid of the current or last run's first process; 0: that run did not get one. */
  runPid = 0;
  /** Whether the shim of the current or last run has ended before the first process had. */
  shimEnded = false;
  readonly #containerd: Containerd;
  readonly #kernel: BundleKernel;
  readonly #fifos: string;
  readonly #audit: AuditTrail;
  readonly #id: ContainerId;
  readonly #matcher: LineMatcher;
  #output: OutputFifos | undefined;
  /** The first process of the task, from its creation until its exit is known. */
  #process: ProcessHandle | undefined;
  /** Its parent, for the same time. */
  #shim: ProcessHandle | undefined;
  #hasContainer = false;

  constructor(
    bundle: Bundle,
    log: LogWriter,
    containerd: Containerd,
    kernel: BundleKernel,
    { folder: fifos, audit }: RunnerOutput,
  ) {
    this.bundle = bundle;
    this.log = log;
    this.cgroup = new ServiceCgroup(bundle.dir);
    this.#containerd = containerd;
    this.#kernel = kernel;
    this.#fifos = fifos;
    this.#audit = audit;
    this.#id = { namespace: bundle.runtime.namespace, id: bundle.name };
    this.execs = new ServiceExecs(containerd, this.#id, bundle.dir, join(fifos, 'exec', bundle.name));
    this.#matcher = new LineMatcher(bundle.runtime.kit.ready?.log);
  }

  /**
   * Starts a task and resolves to its pid.
   * @throws an error if it cannot start, after removing the parts that were created
   */
  async start(): Promise<number> {
    this.runPid = 0;
    this.shimEnded = false;
    try {
      prepareBundle(this.bundle, this.#kernel);
      await this.#createContainer();
      const { stdout, stderr } = this.#openOutput();
      this.#matcher.reset();
      const { pid } = await this.#containerd.createTask(this.#id, { stdout, stderr });
      // The process has not been started yet, so it cannot have exited and its pid cannot have been reused.
      this.#holdProcess(pid);
      this.#setPid(pid);
      releaseBinds(this.bundle.runtime.kit, this.#kernel);
      await prepareProcess(pid, this.bundle.runtime, this.#kernel);
      await this.#containerd.startTask(this.#id);
      return pid;
    } catch (thrown) {
      await this.remove();
      // Otherwise no start would succeed until the machine reboots; the next one does.
      if (isTaskFolderLeft(thrown)) this.#containerd.removeTaskFolder(this.#id);
      this.#releaseProcess();
      await this.#output?.flush();
      this.log.pid = 0;
      throw thrown;
    }
  }

  /** Takes over the container and the output of a task that an earlier supervisor started. */
  async adopt(task: Task): Promise<void> {
    this.#setPid(task.pid);
    this.#matcher.readLog(this.log);
    this.#openOutput();
    this.#hasContainer = true;
    if (task.state !== 'running') return;
    this.#holdProcess(task.pid);
    // If the task still runs now, the pidfd is its own, and not that of another process which got the same
    // pid.
    const current = await untilAnswered(() => this.#containerd.getTask(this.#id), this.log);
    if (current?.state !== 'running' || current.pid !== task.pid) this.#releaseProcess();
  }

  /** `pid`: of the service's process. */
  probeTarget(pid: number): ProbeTarget {
    return {
      pid,
      hasLogged: () => this.#matcher.found,
      succeeds: (command, limitMs) => this.execs.succeeds(command, limitMs),
    };
  }

  /**
   * Waits for the task's exit, across restarts of containerd, and deletes it. Null: the exit status was lost.
   */
  async waitForExit(): Promise<ProcessExit | null> {
    const exit = await untilAnswered(() => this.#containerd.waitTask(this.#id), this.log);
    // Deleting the task removes its cgroup.
    const counted = this.cgroup.usage(0);
    const deleteTask = () => deletions.run(() => this.#containerd.deleteTask(this.#id));
    const deleted = await untilAnswered(deleteTask, this.log);
    this.#releaseProcess();
    await this.#output?.flush();
    this.log.pid = 0;
    const known = exit ?? deleted;
    return known && { ...known, counted };
  }

  /**
   * Signals the process of this run, by pidfd: containerd knows only the container's name, and a call that it
   * carries out late would reach the next run. Also works while containerd is down. Does nothing if the
   * process has ended.
   * @throws SyscallError
   */
  kill(signal: number): void {
    this.#process?.signal(signal);
  }

  /** Whether the kernel drops a signal to the process of this run. */
  drops(signal: number): boolean {
    return this.#process !== undefined && dropsSignal(this.#process.pid, signal);
  }

  /**
   * Resolves when the first process of the task has ended, without asking containerd; at once if there is
   * none.
   */
  async untilGone(): Promise<void> {
    await this.#process?.ended;
  }

  /** Removes task and container, whatever state an earlier supervisor or a failed start left them in. */
  async remove(task?: Task): Promise<void> {
    this.#hasContainer = false;
    try {
      await removeContainer(this.#containerd, this.#id, task?.state === 'stopped');
    } catch (thrown) {
      this.log.write('kit', [`cannot remove the container: ${reasonOf(thrown)}`]);
    }
  }

  /**
   * Removes the container and its mounts, and closes its output. It may be started again later; until then
   * another runner may run a service of the same name.
   */
  async retire(): Promise<void> {
    await this.remove();
    releaseBundle(this.bundle, this.#kernel);
    this.#output?.close();
    this.#output = undefined;
  }

  async #createContainer(): Promise<void> {
    if (this.#hasContainer) return;
    const { kit } = this.bundle.runtime;
    const spec = withMachineDevices(withMemoryLimit(readServiceSpec(this.bundle.dir), kit), kit);
    const owner = kit.ids && { uid: rootOf(kit.ids.uids), gid: rootOf(kit.ids.gids) };
    const create = () => this.#containerd.createContainer(this.#id, spec, kit.ociRuntime, owner);
    try {
      await create();
    } catch (thrown) {
      if (!isAlreadyExists(thrown)) throw thrown;
      await this.remove();
      await create();
    }
    this.#hasContainer = true;
  }

  #openOutput(): OutputFifos {
    this.#output ??= openOutputFifos(this.#fifos, this.bundle.name, this.log, (stream, lines) => {
      this.#matcher.read(lines);
      if (stream === 'stdout') this.#audit.readOutput(this.bundle.name, lines.pieces);
    });
    return this.#output;
  }

  #setPid(pid: number): void {
    this.log.pid = pid;
    this.runPid = pid;
  }

  #holdProcess(pid: number): void {
    const shim = openParent(pid);
    this.#process = openProcess(pid);
    this.#shim = shim;
    let isOver = false;
    void this.#process?.ended.then(() => {
      isOver = true;
    });
    // containerd then kills the process, and does not know its exit status.
    void shim?.ended.then(() => {
      this.shimEnded = !isOver;
    });
  }

  #releaseProcess(): void {
    this.#process?.release();
    this.#shim?.release();
    this.#process = undefined;
    this.#shim = undefined;
  }
}

function openParent(pid: number): ProcessHandle | undefined {
  const parent = parentPid(pid);
  return parent > 1 ? openProcess(parent) : undefined;
}
