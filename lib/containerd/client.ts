import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PipeOwner, processAny, runtimeOptions, specAny } from './any.ts';
import { Connection, deadlines } from './connection.ts';
import { ContainersService } from './generated/github.com/containerd/containerd/api/services/containers/v1/containers.ts';
import { TasksService } from './generated/github.com/containerd/containerd/api/services/tasks/v1/tasks.ts';
import { type Process, Status } from './generated/github.com/containerd/containerd/api/types/task/task.ts';

/** A container's id is unique only within its namespace. */
export interface ContainerId {
  readonly namespace: string;
  readonly id: string;
}

/** How a task ended: 0…255; 128 + signal number when it was killed. */
export interface TaskExit {
  readonly status: number;
}

export interface Task {
  readonly id: string;
  readonly pid: number;
  readonly state: 'created' | 'running' | 'stopped';
  /** Valid once it is stopped. */
  readonly exit: TaskExit;
}

/** Paths of fifos. */
export interface ExecIo {
  readonly stdin: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly terminal: boolean;
}

/** The same for a task. In calls that take an exec id, the empty one means the task itself. */
export type TaskIo = Pick<ExecIo, 'stdout' | 'stderr'> & Partial<ExecIo>;

/** In characters. */
export interface TerminalSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * A client for the parts of containerd 1.7 that run services. While containerd is down, calls wait for it
 * until their deadline. Failures throw `ContainerdError`.
 */
export class Containerd {
  readonly #connection: Connection;
  /** containerd's folder for its state, which is in memory. */
  readonly #state: string;

  /** `socket`: path of containerd's unix socket. Connects at the first call. */
  constructor(socket: string) {
    this.#state = dirname(socket);
    this.#connection = new Connection(socket);
  }

  close(): void {
    this.#connection.close();
  }

  /**
   * `spec`: an OCI runtime spec whose root.path is absolute; there is no snapshotter. `owner`: of the pipes
   * of its output, if it has ids of its own.
   */
  async createContainer(
    { namespace, id }: ContainerId,
    spec: object,
    ociRuntime: 'crun' | 'runc',
    owner?: PipeOwner,
  ): Promise<void> {
    const container = {
      id,
      labels: {},
      image: '',
      runtime: { name: 'io.containerd.runc.v2', options: runtimeOptions(ociRuntime, owner) },
      spec: specAny(spec),
      snapshotter: '',
      snapshotKey: '',
      createdAt: undefined,
      updatedAt: undefined,
      extensions: {},
      sandbox: '',
    };
    await this.#connection.call(ContainersService.create, namespace, { container });
  }

  async deleteContainer({ namespace, id }: ContainerId): Promise<void> {
    await this.#connection.call(ContainersService.delete, namespace, { id });
  }

  /** Starts the shim and creates the process, which does not run yet. Without `stdin` it has no input. */
  async createTask(
    { namespace, id }: ContainerId,
    { stdin = '', stdout, stderr, terminal = false }: TaskIo,
  ): Promise<{ pid: number }> {
    const request = {
      containerId: id,
      rootfs: [],
      stdin,
      stdout,
      stderr,
      terminal,
      checkpoint: undefined,
      options: undefined,
      runtimePath: '',
    };
    return this.#connection.call(TasksService.create, namespace, request, deadlines.start);
  }

  /**
   * Removes what a task left whose shim died together with containerd: containerd finds no task there, and
   * refuses to make another one (`isTaskFolderLeft`). Call it when there is no task of that id.
   */
  removeTaskFolder({ namespace, id }: ContainerId): void {
    rmSync(join(this.#state, 'io.containerd.runtime.v2.task', namespace, id), {
      recursive: true,
      force: true,
    });
  }

  async startTask({ namespace, id }: ContainerId): Promise<{ pid: number }> {
    return this.#connection.call(
      TasksService.start,
      namespace,
      { containerId: id, execId: '' },
      deadlines.start,
    );
  }

  /** Resolves when the task has ended; no deadline. */
  async waitTask({ namespace, id }: ContainerId): Promise<TaskExit> {
    const reply = await this.#connection.call(
      TasksService.wait,
      namespace,
      { containerId: id, execId: '' },
      deadlines.none,
    );
    return { status: reply.exitStatus };
  }

  /** `signal`: its number. */
  async killTask({ namespace, id }: ContainerId, signal: number): Promise<void> {
    await this.#connection.call(TasksService.kill, namespace, {
      containerId: id,
      execId: '',
      signal,
      all: false,
    });
  }

  /** Deletes a stopped task; its shim exits when it has passed on all output. */
  async deleteTask({ namespace, id }: ContainerId): Promise<TaskExit> {
    const reply = await this.#connection.call(TasksService.delete, namespace, { containerId: id });
    return { status: reply.exitStatus };
  }

  /**
   * Creates a further process in a task's container. `process`: as in an OCI runtime spec. With a terminal
   * there is no `stderr`.
   */
  async exec({ namespace, id }: ContainerId, execId: string, process: object, io: ExecIo): Promise<void> {
    const request = { containerId: id, execId, ...io, spec: processAny(process) };
    await this.#connection.call(TasksService.exec, namespace, request, deadlines.start);
  }

  async startExec({ namespace, id }: ContainerId, execId: string): Promise<{ pid: number }> {
    return this.#connection.call(TasksService.start, namespace, { containerId: id, execId }, deadlines.start);
  }

  /** Resolves when the process has ended; no deadline. */
  async waitExec({ namespace, id }: ContainerId, execId: string): Promise<TaskExit> {
    const reply = await this.#connection.call(
      TasksService.wait,
      namespace,
      { containerId: id, execId },
      deadlines.none,
    );
    return { status: reply.exitStatus };
  }

  async killExec({ namespace, id }: ContainerId, execId: string, signal: number): Promise<void> {
    await this.#connection.call(TasksService.kill, namespace, {
      containerId: id,
      execId,
      signal,
      all: false,
    });
  }

  async resizeExec({ namespace, id }: ContainerId, execId: string, size: TerminalSize): Promise<void> {
    const request = { containerId: id, execId, width: size.columns, height: size.rows };
    await this.#connection.call(TasksService.resizePty, namespace, request);
  }

  /** Needed for the process to see the end of its input: the shim has it open as well. */
  async closeExecStdin({ namespace, id }: ContainerId, execId: string): Promise<void> {
    await this.#connection.call(TasksService.closeIo, namespace, { containerId: id, execId, stdin: true });
  }

  async deleteExec({ namespace, id }: ContainerId, execId: string): Promise<void> {
    await this.#connection.call(TasksService.deleteProcess, namespace, { containerId: id, execId });
  }

  async getTask({ namespace, id }: ContainerId): Promise<Task> {
    const { process } = await this.#connection.call(TasksService.get, namespace, {
      containerId: id,
      execId: '',
    });
    if (!process) throw new TypeError(`Cannot read task "${id}": containerd's answer is empty`);
    return taskOf(process);
  }

  async listTasks(namespace: string): Promise<Task[]> {
    const { tasks } = await this.#connection.call(TasksService.list, namespace, { filter: '' });
    return tasks.map(taskOf);
  }
}

function taskOf({ id, containerId, pid, status, exitStatus }: Process): Task {
  const state = status === Status.CREATED ? 'created' : status === Status.STOPPED ? 'stopped' : 'running';
  return { id: id || containerId, pid, state, exit: { status: exitStatus } };
}
