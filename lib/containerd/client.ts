import { Client, credentials, Metadata, type MethodDefinition, type ServiceError } from '@grpc/grpc-js';
import { reasonOf } from '../errors/errors.ts';
import { ContainerdError } from './errors.ts';
import { ContainersService } from './generated/github.com/containerd/containerd/api/services/containers/v1/containers.ts';
import { TasksService } from './generated/github.com/containerd/containerd/api/services/tasks/v1/tasks.ts';
import { type Process, Status } from './generated/github.com/containerd/containerd/api/types/task/task.ts';
import type { Any } from './generated/google/protobuf/any.ts';

/** Deadlines of calls, in milliseconds. A start runs three programs, and the guest may be emulated. */
const deadlines = { ordinary: 30_000, start: 120_000 } as const;

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

type Unary<Request, Reply> = MethodDefinition<Request, Reply>;

/**
 * A client for the parts of containerd 1.7 that run services. While containerd is down, calls wait for it
 * until their deadline. Failures throw `ContainerdError`.
 */
export class Containerd {
  readonly #client: Client;

  /** `socket`: path of containerd's unix socket. Connects at the first call. */
  constructor(socket: string) {
    this.#client = new Client(`unix:${socket}`, credentials.createInsecure(), {
      'grpc.initial_reconnect_backoff_ms': 50,
      'grpc.min_reconnect_backoff_ms': 50,
      'grpc.max_reconnect_backoff_ms': 1000,
      'grpc.max_receive_message_length': -1,
      'grpc.enable_channelz': 0,
    });
  }

  close(): void {
    this.#client.close();
  }

  /** `spec`: an OCI runtime spec whose root.path is absolute; there is no snapshotter. */
  async createContainer(
    { namespace, id }: ContainerId,
    spec: object,
    ociRuntime: 'crun' | 'runc',
  ): Promise<void> {
    const container = {
      id,
      labels: {},
      image: '',
      runtime: { name: 'io.containerd.runc.v2', options: runtimeOptions(ociRuntime) },
      spec: specAny(spec),
      snapshotter: '',
      snapshotKey: '',
      createdAt: undefined,
      updatedAt: undefined,
      extensions: {},
      sandbox: '',
    };
    await this.#call(ContainersService.create, namespace, { container });
  }

  async deleteContainer({ namespace, id }: ContainerId): Promise<void> {
    await this.#call(ContainersService.delete, namespace, { id });
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
    return this.#call(TasksService.create, namespace, request, deadlines.start);
  }

  async startTask({ namespace, id }: ContainerId): Promise<{ pid: number }> {
    return this.#call(TasksService.start, namespace, { containerId: id, execId: '' }, deadlines.start);
  }

  /** Resolves when the task has ended; no deadline. */
  async waitTask({ namespace, id }: ContainerId): Promise<TaskExit> {
    const reply = await this.#call(TasksService.wait, namespace, { containerId: id, execId: '' }, 0);
    return { status: reply.exitStatus };
  }

  /** `signal`: its number. */
  async killTask({ namespace, id }: ContainerId, signal: number): Promise<void> {
    await this.#call(TasksService.kill, namespace, { containerId: id, execId: '', signal, all: false });
  }

  /** Deletes a stopped task; its shim exits when it has passed on all output. */
  async deleteTask({ namespace, id }: ContainerId): Promise<TaskExit> {
    const reply = await this.#call(TasksService.delete, namespace, { containerId: id });
    return { status: reply.exitStatus };
  }

  /**
   * Creates a further process in a task's container. `process`: as in an OCI runtime spec. With a terminal
   * there is no `stderr`.
   */
  async exec({ namespace, id }: ContainerId, execId: string, process: object, io: ExecIo): Promise<void> {
    const request = { containerId: id, execId, ...io, spec: processAny(process) };
    await this.#call(TasksService.exec, namespace, request, deadlines.start);
  }

  async startExec({ namespace, id }: ContainerId, execId: string): Promise<{ pid: number }> {
    return this.#call(TasksService.start, namespace, { containerId: id, execId }, deadlines.start);
  }

  /** Resolves when the process has ended; no deadline. */
  async waitExec({ namespace, id }: ContainerId, execId: string): Promise<TaskExit> {
    const reply = await this.#call(TasksService.wait, namespace, { containerId: id, execId }, 0);
    return { status: reply.exitStatus };
  }

  async killExec({ namespace, id }: ContainerId, execId: string, signal: number): Promise<void> {
    await this.#call(TasksService.kill, namespace, { containerId: id, execId, signal, all: false });
  }

  async resizeExec({ namespace, id }: ContainerId, execId: string, size: TerminalSize): Promise<void> {
    const request = { containerId: id, execId, width: size.columns, height: size.rows };
    await this.#call(TasksService.resizePty, namespace, request);
  }

  /** Needed for the process to see the end of its input: the shim has it open as well. */
  async closeExecStdin({ namespace, id }: ContainerId, execId: string): Promise<void> {
    await this.#call(TasksService.closeIo, namespace, { containerId: id, execId, stdin: true });
  }

  async deleteExec({ namespace, id }: ContainerId, execId: string): Promise<void> {
    await this.#call(TasksService.deleteProcess, namespace, { containerId: id, execId });
  }

  async getTask({ namespace, id }: ContainerId): Promise<Task> {
    const { process } = await this.#call(TasksService.get, namespace, { containerId: id, execId: '' });
    if (!process) throw new TypeError(`Cannot read task "${id}": containerd's answer is empty`);
    return taskOf(process);
  }

  async listTasks(namespace: string): Promise<Task[]> {
    const { tasks } = await this.#call(TasksService.list, namespace, { filter: '' });
    return tasks.map(taskOf);
  }

  #call<Request, Reply>(
    method: Unary<Request, Reply>,
    namespace: string,
    request: Request,
    deadlineMs: number = deadlines.ordinary,
  ): Promise<Reply> {
    const metadata = new Metadata({ waitForReady: true });
    metadata.set('containerd-namespace', namespace);
    const options = deadlineMs === 0 ? {} : { deadline: Date.now() + deadlineMs };
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, reply?: Reply) => {
        if (reply !== undefined && !error) resolve(reply);
        else reject(errorOf(method.path, error));
      };
      const { path, requestSerialize, responseDeserialize } = method;
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        metadata,
        options,
        done,
      );
    });
  }
}

function errorOf(path: string, error: ServiceError | null): ContainerdError {
  const method = path.replace(/^.*\.(?=\w+\/)/, '');
  return new ContainerdError(method, error?.code ?? 2, error?.details || reasonOf(error), error);
}

/** containerd passes on a spec as JSON in an Any of this type. */
function specAny(spec: object): Any {
  const typeUrl = 'types.containerd.io/opencontainers/runtime-spec/1/Spec';
  return { typeUrl, value: Buffer.from(JSON.stringify(spec)) };
}

function processAny(process: object): Any {
  const typeUrl = 'types.containerd.io/opencontainers/runtime-spec/1/Process';
  return { typeUrl, value: Buffer.from(JSON.stringify(process)) };
}

/** containerd.runc.v1.Options with only its field 6, binary_name. */
function runtimeOptions(binary: string): Any {
  const value = Buffer.concat([Buffer.from([0x32, binary.length]), Buffer.from(binary)]);
  return { typeUrl: 'containerd.runc.v1.Options', value };
}

function taskOf({ id, containerId, pid, status, exitStatus }: Process): Task {
  const state = status === Status.CREATED ? 'created' : status === Status.STOPPED ? 'stopped' : 'running';
  return { id: id || containerId, pid, state, exit: { status: exitStatus } };
}
