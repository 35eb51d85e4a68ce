import { watchdogResetFile } from '../../../lib/bundle/watchdog.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { printLine } from '../../../lib/log/print-line.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { readTextOrEmpty } from '../usage/cgroup.ts';
import { lastExitOf, readTaskReports } from './task-reports.ts';

/**
 * Records an incident for each onboot or onshutdown container that has failed, unless it is recorded already.
 * To be called at each failure, and again after onboot: one of its containers may have mounted the disk on
 * which incidents are kept.
 * @param reports the folder of PID 1's reports
 */
export function recordTaskFailures(incidents: Incidents, reports: string): void {
  for (const section of ['onboot', 'onshutdown'] as const) {
    for (const report of readTaskReports(reports, section))
      if (report.state === 'failed' || report.state === 'shell')
        record(incidents, report.name, lastExitOf(report));
  }
}

/** Records that the watchdog has reset the machine before this boot, as init has found. */
export function recordWatchdogReset(incidents: Incidents): void {
  const what = readTextOrEmpty(watchdogResetFile).trim();
  if (what !== '') record(incidents, 'watchdog', what);
}

/** On a full or broken disk the incident is lost, but the boot continues. */
function record(incidents: Incidents, name: string, what: string): void {
  try {
    if (!incidents.has(name, what)) incidents.add(name, what);
  } catch (thrown) {
    printLine(`Cannot keep the incident of "${name}": ${reasonOf(thrown)}`, 2);
  }
}
