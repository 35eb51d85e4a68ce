import type { Section, TaskReport } from '../../lib/bundle/bundle.ts';
import { prepareBundle, releaseBundle } from '../../lib/bundle/prepare.ts';
import type { Bundle } from '../../lib/bundle/read.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { EndRequest } from '../end-requests.ts';
import { adoptHostname } from '../host/hostname.ts';
import { metadataNetworkAdopter } from '../host/network/metadata-network.ts';
import { describeEnd, type ProgramEnd } from '../system/program.ts';
import { runContainer, type TaskContext } from './container.ts';
import { limitMemory } from './limit-memory.ts';
import { writeReport } from './report.ts';
import { openConsoleShell } from './shell.ts';

export interface TasksResult {
  /** `3 done`, `a, b failed`, `none` */
  readonly summary: string;
  /** Set when a failed task's `onFailure` ends the machine: how it is to end. */
  readonly request?: EndRequest;
}

/**
 * Runs the containers of onboot or onshutdown one after another; `onFailure` decides what follows a failure.
 */
export async function runTasks(
  section: Exclude<Section, 'services'>,
  context: TaskContext,
): Promise<TasksResult> {
  const bundles = context.system.readBundles(section);
  const failed: string[] = [];
  const adoptNetwork = metadataNetworkAdopter(context);
  for (const bundle of bundles) {
    if (context.ending.aborted) break;
    const report = await runTask(bundle, context);
    // As soon as metadata has asked for it: the next container may need a network.
    if (section === 'onboot') for (const line of await adoptNetwork()) context.console.log(line);
    if (report.state !== 'failed') continue;
    failed.push(bundle.name);
    const { onFailure: usual, onStatus } = bundle.runtime.kit;
    const onFailure = onStatus?.[report.exitStatus ?? -1] ?? usual;
    if (onFailure === 'shell') await waitInShell(report, context);
    else context.taskFailed();
    if (onFailure === 'halt' || onFailure === 'reboot') {
      const request = { ending: onFailure, by: `${section} ${bundle.name}, which failed` };
      return { summary: summarize(bundles, failed), request };
    }
  }
  return { summary: summarize(bundles, failed) };
}

/** Meanwhile the report says so: who waits for the machine from outside must not wait for the shell. */
async function waitInShell(report: TaskReport, context: TaskContext): Promise<void> {
  writeReport({ ...report, state: 'shell' }, context);
  context.taskFailed();
  await openConsoleShell(
    `${report.name} failed: starting a shell; the boot continues when it exits`,
    context,
  );
  writeReport(report, context);
}

function summarize(bundles: readonly Bundle[], failed: readonly string[]): string {
  if (bundles.length === 0) return 'none';
  return failed.length === 0 ? `${bundles.length} done` : `${failed.join(', ')} failed`;
}

/** Runs one container, and logs and reports its result. Never throws. */
async function runTask(bundle: Bundle, context: TaskContext): Promise<TaskReport> {
  const { system, console } = context;
  const startedMs = system.uptimeMs();
  const started = { name: bundle.name, section: bundle.section, startedMs };
  writeReport({ ...started, state: 'running', exitStatus: null, reason: '', finishedMs: null }, context);
  const { exitStatus, reason } = await runPrepared(bundle, context);
  const finishedMs = system.uptimeMs();
  const state = reason === '' ? 'succeeded' : 'failed';
  const report: TaskReport = { ...started, state, exitStatus, reason, finishedMs };
  const took = `${Math.round(finishedMs - startedMs)} ms`;
  console.log(
    state === 'failed'
      ? `${bundle.section} ${bundle.name} failed after ${took}: ${reason}`
      : `${bundle.section} ${bundle.name} ${took}`,
  );
  writeReport(report, context);
  // The next container may need the name that this one asked for.
  for (const problem of adoptHostname(context)) console.log(problem);
  return report;
}

/** Makes the mounts, runs the container, and removes the mounts. An empty reason: it succeeded. */
async function runPrepared(
  bundle: Bundle,
  context: TaskContext,
): Promise<Pick<TaskReport, 'exitStatus' | 'reason'>> {
  const { timeoutMs } = bundle.runtime.kit;
  const timeout = timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : new AbortController().signal;
  try {
    prepareBundle(bundle, context.system);
    limitMemory(bundle, context.system);
    const end = await runContainer(bundle, context, AbortSignal.any([timeout, context.ending]));
    return { exitStatus: 'status' in end ? end.status : null, reason: failureReason(end, bundle, timeout) };
  } catch (thrown) {
    return { exitStatus: null, reason: reasonOf(thrown) };
  } finally {
    releaseBundle(bundle, context.system);
  }
}

function failureReason(end: ProgramEnd, { runtime }: Bundle, timeout: AbortSignal): string {
  if ('status' in end && end.status === 0) return '';
  return timeout.aborted ? `it did not end within ${runtime.kit.timeoutMs / 1000} s` : describeEnd(end);
}
