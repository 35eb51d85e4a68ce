import type { TaskReport } from '../../../lib/bundle/bundle.ts';
import type { Service as ServiceMessage } from '../../../lib/control/generated/control.ts';
import { lastExitOf, readTaskReports } from '../init/task-reports.ts';
import { noUsage } from './service-usage.ts';

/** onboot or onshutdown containers as messages of the control protocol, in the order they were started. */
export function reportedTasks(folder: string, section: 'onboot' | 'onshutdown'): ServiceMessage[] {
  return readTaskReports(folder, section).map(serviceMessage);
}

const states = { running: 'running', succeeded: 'stopped', failed: 'failed', shell: 'shell' } as const;

function serviceMessage(report: TaskReport): ServiceMessage {
  const { name, section, state } = report;
  return {
    ...{ name, section, state: states[state], restarts: 0, pid: 0, lastExit: lastExitOf(report) },
    ...{ ...noUsage, ageS: 0, health: 'unknown', healthAgeS: 0, healthFalls: 0, crashLoop: false },
    livenessRestarts: 0,
  };
}
