import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskReport } from '../../../lib/bundle/bundle.ts';

/** The reports that PID 1 has written of onboot or onshutdown containers, in the order they were started. */
export function readTaskReports(folder: string, section: 'onboot' | 'onshutdown'): TaskReport[] {
  return reportFiles(folder)
    .flatMap((name) => readReport(join(folder, name)) ?? [])
    .filter((report) => report.section === section)
    .sort((a, b) => a.startedMs - b.startedMs);
}

/** `exit status 1` or the reason of a failure; empty while it is running. */
export function lastExitOf({ reason, exitStatus }: TaskReport): string {
  return reason || (exitStatus === null ? '' : `exit status ${exitStatus}`);
}

function reportFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // PID 1 creates the folder with the first report.
    return [];
  }
}

function readReport(path: string): TaskReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Not a report of PID 1, or being replaced right now.
    return undefined;
  }
}
