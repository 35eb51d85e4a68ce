import { prepareProcess } from '../../lib/bundle/prepare.ts';
import type { Bundle } from '../../lib/bundle/read.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { WaitStatus } from '../../lib/linux/process/process.ts';
import { LogWriter } from '../../lib/log/writer.ts';
import { machineLogs } from '../logs.ts';
import type { Machine } from '../steps.ts';
import { keepOutput } from './output.ts';
import { describeEnd, endOf, type ProgramEnd, reportedEnd, startProgram } from './program.ts';

/** A machine that runs containers: some of them are adopted children, whose end only the reaper sees. */
export interface ContainerMachine extends Machine {
  waitFor(pid: number): Promise<WaitStatus>;
}

const killAgainMs = 1000;

/**
 * Runs a prepared bundle to its end under crun or runc. Aborting `stop` kills it. Its output goes to
 * its log and, line by line, to the console.
 */
export async function runContainer(
  bundle: Bundle,
  machine: ContainerMachine,
  stop: AbortSignal,
): Promise<ProgramEnd> {
  const log = new LogWriter(machineLogs, bundle.name);
  const killing = killOnAbort(bundle, stop);
  try {
    if (stop.aborted) return { neverRan: 'the machine ends' };
    return needsSteps(bundle)
      ? await runInSteps(bundle, machine, log)
      : await runAtOnce(bundle, machine, log);
  } finally {
    killing.end();
    log.close();
  }
}

/** Until the end, since the container may not exist yet when it is to be killed. */
function killOnAbort(bundle: Bundle, stop: AbortSignal): { end(): void } {
  let again: NodeJS.Timeout | undefined;
  const kill = (): void => {
    void deleteContainer(bundle);
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

/** Interfaces and namespaces can only be handed over between creation and start. */
function needsSteps({ runtime }: Bundle): boolean {
  return runtime.interfaces.length > 0 || Object.values(runtime.bindNS).some((path) => path !== '');
}

async function runAtOnce(bundle: Bundle, machine: ContainerMachine, log: LogWriter): Promise<ProgramEnd> {
  const run = [bundle.runtime.kit.ociRuntime, 'run', '--bundle', bundle.dir, bundle.name];
  const child = startProgram(run, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(child);
  await keepOutput(child, ended, log, shown(bundle, machine));
  const end = await ended;
  return 'status' in end ? reportedEnd(end.status) : end;
}

function shown({ name }: Bundle, { console }: ContainerMachine): (line: string) => void {
  return (line) => console.print(`${name}: ${line}`);
}

/** The container's process outlives `create`, which made it, and so becomes our adopted child. */
async function runInSteps(bundle: Bundle, machine: ContainerMachine, log: LogWriter): Promise<ProgramEnd> {
  const { ociRuntime } = bundle.runtime.kit;
  const pidFile = `/run/kit/${bundle.name}.pid`;
  const create = [ociRuntime, 'create', '--bundle', bundle.dir, '--pid-file', pidFile, bundle.name];
  const creator = startProgram(create, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = endOf(creator).then((end) => (succeeded(end) ? startCreated(bundle, pidFile, machine) : end));
  try {
    // The pipes belong to the container as well, and end with it.
    await keepOutput(creator, ended, log, shown(bundle, machine));
    return await ended;
  } finally {
    await deleteContainer(bundle);
  }
}

async function startCreated(bundle: Bundle, pidFile: string, machine: ContainerMachine): Promise<ProgramEnd> {
  try {
    const pid = Number(machine.kernel.files.read(pidFile));
    const ended = machine.waitFor(pid);
    prepareProcess(pid, bundle.runtime, machine.kernel);
    const command = [bundle.runtime.kit.ociRuntime, 'start', bundle.name];
    const started = await endOf(startProgram(command, { stdio: ['ignore', 'inherit', 'inherit'] }));
    if (!succeeded(started)) return { neverRan: `Cannot start it: ${describeEnd(started)}` };
    return reportedEnd((await ended).status);
  } catch (thrown) {
    return { neverRan: reasonOf(thrown) };
  }
}

function succeeded(end: ProgramEnd): boolean {
  return 'status' in end && end.status === 0;
}

/** Kills what runs and forgets it; says nothing if there is nothing. */
async function deleteContainer({ name, runtime }: Bundle): Promise<void> {
  await endOf(startProgram([runtime.kit.ociRuntime, 'delete', '--force', name], { stdio: 'ignore' }));
}
