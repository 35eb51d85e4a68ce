import { join } from 'node:path';
import { guestPaths, type TaskReport } from '../../lib/bundle/bundle.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { StepContext } from '../steps.ts';

/** Writes the report of a task, atomically: the supervisor reads it. A failure to write it is only logged. */
export function writeReport(report: TaskReport, { system, console }: StepContext): void {
  const path = join(guestPaths.reports, `${report.section}-${report.name}.json`);
  try {
    system.files.makeFolder(guestPaths.reports, 0o755);
    system.files.replace(path, `${JSON.stringify(report)}\n`);
  } catch (thrown) {
    console.log(`Cannot write "${path}": ${reasonOf(thrown)}`);
  }
}
