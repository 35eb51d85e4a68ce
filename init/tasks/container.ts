import { prepareProcess } from '../../lib/bundle/prepare.ts';
import type { Bundle } from '../../lib/bundle/read.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { WaitStatus } from '../../lib/linux/process/process.ts';
import type { StepContext } from '../steps.ts';
import { logOutput } from '../system/output.ts';
import { describeEnd, type ProgramEnd, reportedEnd } from '../system/program.ts';
import type { OutputLog } from '../system/system.ts';

/** For running containers: some of their processes are adopted children, which only the reaper sees. */
export interface TaskContext extends StepContext {
  /** To be called once the report of a failed container is written: the supervisor records an incident. */
  taskFailed(): void;
  /** Resolves when an adopted child has ended; rejects if there is no such child. */
  waitFor(pid: number): Promise<WaitStatus>;
}

const killAgainMs = 1000;

/**
 * Runs a prepared bundle to its end under crun or runc. Aborting `stop` kills it. Its output goes to its log
 * and, line by line, to the console.
 */
export async function runContainer(
  bundle: Bundle,
  context: TaskContext,
  stop: AbortSignal,
): Promise<ProgramEnd> {
  const log = context.system.openLog(bundle.name);
  const killing = killOnAbort(bundle, context, stop);
  try {
    if (stop.aborted) return { notStarted: 'the machine ends' };
    return needsPreparedProcess(bundle)
      ? await createAndStart(bundle, context, log)
      : await run(bundle, context, log);
  } finally {
    killing.end();
    log.close();
  }
}

/** Kills again and again until `end` is called: the container may not exist yet when `stop` is aborted. */
function killOnAbort(bundle: Bundle, context: StepContext, stop: AbortSignal): { end(): void } {
  let again: NodeJS.Timeout | undefined;
  const kill = (): void => {
    void deleteContainer(bundle, context);
    again = setTimeout(kill, killAgainMs);
  };
  stop.addEventListener('abort', kill, { once: true });
  return {
    end() {
      stop.removeEventListener('abort', kill);
      clearTimeout(again);
    },
  };
}

/** Interfaces and namespaces can only be handed over between `create` and `start`. */
function needsPreparedProcess({ runtime }: Bundle): boolean {
  return runtime.interfaces.length > 0 || Object.values(runtime.bindNS).some((path) => path !== '');
}

async function run(bundle: Bundle, context: TaskContext, log: OutputLog): Promise<ProgramEnd> {
  const command = [bundle.runtime.kit.ociRuntime, 'run', '--bundle', bundle.dir, bundle.name];
  const program = context.system.startProgram(command, ['ignore', 'pipe', 'pipe']);
  await logOutput(program, program.ended, log, printWithName(bundle, context));
  const end = await program.ended;
  return 'status' in end ? reportedEnd(end.status) : end;
}

function printWithName({ name }: Bundle, { console }: StepContext): (line: string) => void {
  return (line) => console.print(`${name}: ${line}`);
}

/** The container's process outlives `create`, its parent, and so becomes an adopted child of init. */
async function createAndStart(bundle: Bundle, context: TaskContext, log: OutputLog): Promise<ProgramEnd> {
  const { ociRuntime } = bundle.runtime.kit;
  const pidFile = `/run/kit/${bundle.name}.pid`;
  const command = [ociRuntime, 'create', '--bundle', bundle.dir, '--pid-file', pidFile, bundle.name];
  const creator = context.system.startProgram(command, ['ignore', 'pipe', 'pipe']);
  const ended = creator.ended.then((end) => (succeeded(end) ? start(bundle, pidFile, context) : end));
  try {
    // The container inherits the pipes of `create`, so they end with the container.
    await logOutput(creator, ended, log, printWithName(bundle, context));
    return await ended;
  } finally {
    await deleteContainer(bundle, context);
  }
}

async function start(bundle: Bundle, pidFile: string, context: TaskContext): Promise<ProgramEnd> {
  try {
    const { system } = context;
    const pid = Number(system.files.read(pidFile));
    const ended = context.waitFor(pid);
    // If it rejects while `start` still runs, that is not an unhandled rejection: it is awaited below.
    ended.catch(() => {});
    prepareProcess(pid, bundle.runtime, system);
    const command = [bundle.runtime.kit.ociRuntime, 'start', bundle.name];
    const started = await system.startProgram(command, ['ignore', 'inherit', 'inherit']).ended;
    if (!succeeded(started)) return { notStarted: `Cannot start it: ${describeEnd(started)}` };
    return reportedEnd((await ended).status);
  } catch (thrown) {
    return { notStarted: reasonOf(thrown) };
  }
}

function succeeded(end: ProgramEnd): boolean {
  return 'status' in end && end.status === 0;
}

/** Kills the container if it runs, and removes it; does nothing if there is none. */
async function deleteContainer({ name, runtime }: Bundle, { system }: StepContext): Promise<void> {
  await system.startProgram([runtime.kit.ociRuntime, 'delete', '--force', name], 'ignore').ended;
}
