import { join } from 'node:path';
import { guestPaths, type Section, type TaskReport } from '../../lib/bundle/bundle.ts';
import { prepareBundle, releaseBundle } from '../../lib/bundle/prepare.ts';
import { type Bundle, readBundles } from '../../lib/bundle/read.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { EndRequest } from '../ending/end-requests.ts';
import { type ContainerMachine, runContainer } from './container.ts';
import { describeEnd, type ProgramEnd } from './program.ts';
import { consoleShell } from './shell.ts';

/**
 * Runs the containers of onboot or onshutdown one after another. One that fails stops the row only if its `onFailure`
 * says so, and then names the ending that the machine is to have.
 */
export async function runTasks(
  section: Exclude<Section, 'services'>,
  machine: ContainerMachine,
): Promise<{ readonly done: string; readonly request?: EndRequest }> {
  const bundles = readBundles(section);
  const failed: string[] = [];
  for (const bundle of bundles) {
    if (machine.ending.aborted) break;
    const report = await runTask(bundle, machine);
    if (report.state !== 'failed') continue;
    failed.push(bundle.name);
    const { onFailure } = bundle.runtime.kit;
    if (onFailure === 'shell') {
      await consoleShell(`${bundle.name} failed: a shell; the machine goes on when it ends`, machine);
    } else if (onFailure !== 'continue') {
      const request = { ending: onFailure, by: `${section} ${bundle.name}, which failed` };
      return { done: summary(bundles, failed), request };
    }
  }
  return { done: summary(bundles, failed) };
}

function summary(bundles: readonly Bundle[], failed: readonly string[]): string {
  if (bundles.length === 0) return 'none';
  return failed.length === 0 ? `${bundles.length} done` : `${failed.join(', ')} failed`;
}

/** One container from mounting to its report in /run/kit/reports; never throws. */
async function runTask(bundle: Bundle, machine: ContainerMachine): Promise<TaskReport> {
  const { kernel, console } = machine;
  const startedMs = kernel.uptimeMs();
  const begun = { name: bundle.name, section: bundle.section, startedMs };
  writeReport({ ...begun, state: 'running', exitStatus: null, reason: '', finishedMs: null }, machine);
  const reason = await attempt(bundle, machine);
  const finishedMs = kernel.uptimeMs();
  const state = reason.text === '' ? 'succeeded' : 'failed';
  const report: TaskReport = { ...begun, state, exitStatus: reason.status, reason: reason.text, finishedMs };
  const took = `${Math.round(finishedMs - startedMs)} ms`;
  console.say(
    state === 'failed'
      ? `${bundle.section} ${bundle.name} failed after ${took}: ${reason.text}`
      : `${bundle.section} ${bundle.name} ${took}`,
  );
  writeReport(report, machine);
  return report;
}

/** The exit status, and in words why it failed; no words: it did not. */
async function attempt(
  bundle: Bundle,
  machine: ContainerMachine,
): Promise<{ readonly status: number | null; readonly text: string }> {
  const { timeoutMs } = bundle.runtime.kit;
  const timeout = timeoutMs > 0 ? AbortSignal.timeout(timeoutMs) : new AbortController().signal;
  try {
    prepareBundle(bundle, machine.kernel);
    const end = await runContainer(bundle, machine, AbortSignal.any([timeout, machine.ending]));
    return { status: 'status' in end ? end.status : null, text: wordsFor(end, bundle, timeout) };
  } catch (thrown) {
    return { status: null, text: reasonOf(thrown) };
  } finally {
    releaseBundle(bundle, machine.kernel);
  }
}

function wordsFor(end: ProgramEnd, { runtime }: Bundle, timeout: AbortSignal): string {
  if ('status' in end && end.status === 0) return '';
  return timeout.aborted ? `it did not end within ${runtime.kit.timeoutMs / 1000} s` : describeEnd(end);
}

/** Renamed into place: whoever reads it sees a whole one. A report that cannot be written changes nothing. */
function writeReport(report: TaskReport, { kernel, console }: ContainerMachine): void {
  const path = join(guestPaths.reports, `${report.section}-${report.name}.json`);
  try {
    kernel.files.makeFolder(guestPaths.reports, 0o755);
    kernel.files.replace(path, `${JSON.stringify(report)}\n`);
  } catch (thrown) {
    console.say(`Cannot write "${path}": ${reasonOf(thrown)}`);
  }
}
