import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BundleKernel, prepareBundle, prepareProcess } from '../../../lib/bundle/prepare.ts';
import type { Bundle } from '../../../lib/bundle/read.ts';
import type { Containerd, ContainerId, Task } from '../../../lib/containerd/client.ts';
import { isAlreadyExists, isAway, isNotFound, unlessGone } from '../../../lib/containerd/errors.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { openProcess, type ProcessHandle } from '../../../lib/linux/process/pidfd.ts';
import type { LogWriter } from '../../../lib/log/writer.ts';
import type { ExecRequest, Execution } from '../exec/execution.ts';
import { executeInContainer } from '../exec/in-container.ts';
import { type CgroupFacts, cgroupOf, readCgroup } from '../memory/cgroup.ts';
import type { Ended } from '../state/exit.ts';
import { Gate } from './gate.ts';
import { LineWatch } from './line-watch.ts';
import { type Output, openOutput } from './output.ts';
import type { Probed } from './probe.ts';
import { readSpec } from './spec.ts';

/** How long to wait before containerd is asked again, when it broke off a call: init starts a new one. */
const retryMs = 200;
/** A call that containerd refuses this often, being there, will not succeed. */
const mostRefusals = 25;
/** A leftover that SIGKILL does not end within this is in the way for good. */
const removeMs = 10_000;

/**
 * A deletion runs two programs. When everything dies at once, those of all services together would leave the supervisor
 * no processor for longer than a client waits; wide enough that one that hangs holds nobody up.
 */
const clearing = new Gate(4 * availableParallelism());

/** Runs one service on containerd: one task at a time, in a container that is kept over restarts. */
export class Runner implements Omit<Probed, 'pid'> {
  readonly bundle: Bundle;
  readonly log: LogWriter;
  readonly #containerd: Containerd;
  readonly #kernel: BundleKernel;
  readonly #fifos: string;
  readonly #id: ContainerId;
  readonly #watch: LineWatch;
  #output: Output | undefined;
  /** The first process of the task, from its creation until its end is known. */
  #process: ProcessHandle | undefined;
  #created = false;
  #cgroupPath: string | undefined;
  #execs = 0;

  constructor(bundle: Bundle, log: LogWriter, containerd: Containerd, kernel: BundleKernel, fifos: string) {
    this.bundle = bundle;
    this.log = log;
    this.#containerd = containerd;
    this.#kernel = kernel;
    this.#fifos = fifos;
    this.#id = { namespace: bundle.runtime.namespace, id: bundle.name };
    this.#watch = new LineWatch(bundle.runtime.kit.ready?.log);
  }

  /** Brings a task up and gives its pid; throws the reason when it does not start, and then leaves nothing. */
  async start(): Promise<number> {
    try {
      prepareBundle(this.bundle, this.#kernel);
      await this.#createContainer();
      const { stdout, stderr } = this.#openOutput();
      this.#watch.reset();
      const { pid } = await this.#containerd.createTask(this.#id, { stdout, stderr });
      // It waits to be started: its number is not yet another's.
      this.#process = openProcess(pid);
      this.log.pid = pid;
      await prepareProcess(pid, this.bundle.runtime, this.#kernel);
      await this.#containerd.startTask(this.#id);
      return pid;
    } catch (thrown) {
      await this.remove();
      this.#letGo();
      await this.#output?.flush();
      throw thrown;
    }
  }

  /** Takes over the container and the output of a task that an earlier supervisor started. */
  async adopt(task: Task): Promise<void> {
    this.log.pid = task.pid;
    this.#watch.catchUp(this.log);
    this.#openOutput();
    this.#created = true;
    if (task.state !== 'running') return;
    this.#process = openProcess(task.pid);
    // Running still: what we hold is it, and not somebody who was given its number meanwhile.
    const again = await this.#whenBack(() => this.#containerd.getTask(this.#id));
    if (again?.state !== 'running' || again.pid !== task.pid) this.#letGo();
  }

  hasLogged(): boolean {
    return this.#watch.found;
  }

  /** What the program writes is not kept. */
  async succeeds(command: readonly string[], limitMs: number): Promise<boolean> {
    try {
      const execution = await this.execute({ command, terminal: undefined, term: '' });
      const limit = setTimeout(() => execution.abandon(), limitMs);
      execution.endInput();
      for (const stream of [execution.stdout, execution.stderr]) stream?.resume();
      return (await execution.ended.finally(() => clearTimeout(limit))) === 0;
    } catch {
      // The task has just ended, or containerd is away: the probe asks again, or is called off.
      return false;
    }
  }

  /** Waits for the task's end, past any restart of containerd, and clears it away. Null: nobody saw how it ended. */
  async ended(): Promise<Ended | null> {
    const exit = await this.#whenBack(() => this.#containerd.waitTask(this.#id));
    // The group goes with the task.
    const counted = this.counted(0);
    const deleted = await this.#whenBack(() => clearing.run(() => this.#containerd.deleteTask(this.#id)));
    this.#letGo();
    await this.#output?.flush();
    this.log.pid = 0;
    const end = exit ?? deleted;
    return end && { ...end, counted };
  }

  /** Runs another program in its container, as the same user. */
  execute(request: ExecRequest): Promise<Execution> {
    this.#execs += 1;
    return executeInContainer(
      {
        containerd: this.#containerd,
        container: this.#id,
        process: readSpec(this.bundle.dir).process,
        folder: join(this.#fifos, 'exec', this.bundle.name),
        // Those of an earlier supervisor may still be there.
        execId: `kit-${process.pid}-${this.#execs}`,
      },
      request,
    );
  }

  /** What the kernel counts for it. `pid`: of its process, when it runs. */
  counted(pid: number): CgroupFacts {
    return readCgroup(this.cgroupPath(pid));
  }

  /** Of its group, below the root of the hierarchy: `/svc/web`. */
  cgroupPath(pid: number): string | undefined {
    const path = this.#cgroup();
    return path?.startsWith('/') ? path : cgroupOf(pid);
  }

  /**
   * `signal`: its number. To the process of this run alone: containerd knows the container by its name, and a call that it
   * answers late would reach the next run. It needs no containerd, either. One that is gone already is fine.
   * @throws SyscallError
   */
  kill(signal: number): void {
    this.#process?.signal(signal);
  }

  /** Resolves when the first process of the task has ended, whatever containerd says; at once when none runs. */
  async gone(): Promise<void> {
    await this.#process?.ended;
  }

  /** Clears away task and container, whatever state an earlier supervisor or a failed start left them in. */
  async remove(task?: Task): Promise<void> {
    this.#created = false;
    try {
      if (task?.state !== 'stopped') {
        await unlessGone(this.#containerd.killTask(this.#id, 9));
        await Promise.race([
          unlessGone(this.#containerd.waitTask(this.#id)),
          pause(removeMs, null, { ref: false }),
        ]);
      }
      await unlessGone(this.#containerd.deleteTask(this.#id));
      await unlessGone(this.#containerd.deleteContainer(this.#id));
    } catch (thrown) {
      this.log.write('kit', [`cannot clear away the container: ${reasonOf(thrown)}`]);
    }
  }

  #letGo(): void {
    this.#process?.release();
    this.#process = undefined;
  }

  close(): void {
    this.#output?.close();
    this.log.close();
  }

  async #createContainer(): Promise<void> {
    if (this.#created) return;
    const spec = readSpec(this.bundle.dir);
    const create = () => this.#containerd.createContainer(this.#id, spec, this.bundle.runtime.kit.ociRuntime);
    try {
      await create();
    } catch (thrown) {
      if (!isAlreadyExists(thrown)) throw thrown;
      await this.remove();
      await create();
    }
    this.#created = true;
  }

  /** Read once: whoever looks at all services would have it parsed for each of them. */
  #cgroup(): string | undefined {
    try {
      this.#cgroupPath ??= readSpec(this.bundle.dir).linux?.cgroupsPath;
    } catch {}
    return this.#cgroupPath;
  }

  #openOutput(): Output {
    this.#output ??= openOutput(this.#fifos, this.bundle.name, this.log, this.#watch);
    return this.#output;
  }

  /** Asks until containerd answers; null when there is no such task, or it cannot say even when it is there. */
  async #whenBack<T>(ask: () => Promise<T>): Promise<T | null> {
    for (let refusals = 0; refusals < mostRefusals; ) {
      try {
        return await ask();
      } catch (thrown) {
        if (isNotFound(thrown)) return null;
        if (!isAway(thrown)) refusals += 1;
        if (refusals === mostRefusals) this.log.write('kit', [`containerd: ${reasonOf(thrown)}`]);
        await pause(retryMs);
      }
    }
    return null;
  }
}
