import type { Incidents } from '../incidents/incidents.ts';
import { lastExitOf, readTaskReports } from './task-reports.ts';

/**
 * Records an incident for each onboot container that failed. To be called once a boot, after onboot: one of
 * its containers may mount the disk on which incidents are kept.
 * @param reports the folder of PID 1's reports
 */
export function recordOnbootFailures(incidents: Incidents, reports: string): void {
  for (const report of readTaskReports(reports, 'onboot'))
    if (report.state === 'failed') incidents.add(report.name, lastExitOf(report));
}
