import { closeSync, constants, mkdirSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Containerd, ContainerId, ExecIo } from '../../../lib/containerd/client.ts';
import { makeFifo } from '../../../lib/linux/fifo.ts';
import { signalNumber } from '../exit.ts';
import { type ExecRequest, type Execution, hangUpMs } from './execution.ts';

/** The `process` of an OCI runtime spec (config.md), as far as it is looked at. */
export interface ContainerProcess {
  readonly env?: readonly string[];
  readonly oomScoreAdj?: number;
}

export interface ContainerTarget {
  readonly containerd: Containerd;
  readonly container: ContainerId;
  /** Of the service: the program gets the same user, capabilities and environment. */
  readonly process: ContainerProcess;
  /** For fifos; in memory. */
  readonly folder: string;
  /** Unique among all that were ever run in this container. */
  readonly execId: string;
}

/** Runs a program in the container of a running service. @throws the reason when it does not start */
export async function executeInContainer(target: ContainerTarget, request: ExecRequest): Promise<Execution> {
  const { containerd, container, execId } = target;
  const io = makeFifos(target, request.terminal !== undefined);
  // Each fifo needs an end that is open at once and never blocks; the shim comes to the other one.
  const held = [io.stdin, io.stdout, io.stderr].filter(Boolean).map(holdOpen);
  try {
    await containerd.exec(container, execId, processOf(target, request), io);
    await containerd.startExec(container, execId);
    return execution(target, io, request);
  } catch (thrown) {
    await containerd.deleteExec(container, execId).catch(() => {});
    throw thrown;
  } finally {
    for (const fd of held) closeSync(fd);
    rmSync(folderOf(target), { recursive: true, force: true });
  }
}

const folderOf = ({ folder, execId }: ContainerTarget): string => join(folder, execId);

function makeFifos(target: ContainerTarget, terminal: boolean): ExecIo {
  const folder = folderOf(target);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fifo = (name: string): string => {
    makeFifo(join(folder, name));
    return join(folder, name);
  };
  return { stdin: fifo('stdin'), stdout: fifo('stdout'), stderr: terminal ? '' : fifo('stderr'), terminal };
}

const holdOpen = (path: string): number => openSync(path, constants.O_RDWR | constants.O_NONBLOCK);

const defaultPath = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function processOf({ process }: ContainerTarget, { command, terminal, term }: ExecRequest): object {
  const env = [
    // The environment of a manifest replaces that of the image whole, and services need no PATH; people do.
    ...((process.env ?? []).some((pair) => pair.startsWith('PATH=')) ? [] : [defaultPath]),
    ...(process.env ?? []).filter((pair) => !terminal || !pair.startsWith('TERM=')),
  ];
  return {
    ...process,
    args: command,
    terminal: terminal !== undefined,
    ...(terminal && { consoleSize: { height: terminal.rows, width: terminal.columns } }),
    env: terminal && term ? [...env, `TERM=${term}`] : env,
  };
}

/** Our own ends are opened while the shim has the others: from here on a fifo ends when the shim lets go of it. */
function execution(target: ContainerTarget, io: ExecIo, { terminal }: ExecRequest): Execution {
  const { containerd, container, execId } = target;
  const stdin = new Socket({ fd: open(io.stdin, constants.O_WRONLY), readable: false, writable: true });
  const reader = (path: string): Socket =>
    new Socket({ fd: open(path, constants.O_RDONLY), readable: true, writable: false });
  const stdout = reader(io.stdout);
  const stderr = io.stderr === '' ? undefined : reader(io.stderr);
  for (const stream of [stdin, stdout, stderr]) stream?.on('error', () => stream.destroy());
  const kill = (signal: string): void =>
    void containerd.killExec(container, execId, signalNumber(signal)).catch(() => {});
  const resize: Execution['resize'] = (size) =>
    void containerd.resizeExec(container, execId, size).catch(() => {});
  // crun pays no heed to consoleSize, and there is no terminal to resize before the program runs.
  if (terminal) resize(terminal);
  const ended = statusOf(target);
  return {
    ...{ stdin, stdout, stderr, ended, resize },
    endInput() {
      if (terminal) stdin.write('\x04');
      else stdin.end(() => void containerd.closeExecStdin(container, execId).catch(() => {}));
    },
    signal: kill,
    abandon() {
      for (const stream of [stdin, stdout, stderr]) stream?.destroy();
      kill('SIGHUP');
      const timer = setTimeout(() => kill('SIGKILL'), hangUpMs);
      void ended.catch(() => {}).finally(() => clearTimeout(timer));
    },
  };
}

const open = (path: string, mode: number): number => openSync(path, mode | constants.O_NONBLOCK);

async function statusOf({ containerd, container, execId }: ContainerTarget): Promise<number> {
  const { status } = await containerd.waitExec(container, execId);
  await containerd.deleteExec(container, execId);
  return status;
}
