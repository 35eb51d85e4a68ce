import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TaskReport } from '../../../lib/bundle/bundle.ts';
import type { Service } from '../../../lib/control/generated/control.ts';
import { noResources } from './resources.ts';

/** onboot or onshutdown, as PID 1 reported them, in the order they were started. */
export function reportedTasks(folder: string, section: 'onboot' | 'onshutdown'): Service[] {
  const reports = reportFiles(folder)
    .map((name) => readReport(join(folder, name)))
    .filter((report) => report?.section === section);
  return reports
    .flatMap((report) => report ?? [])
    .sort((a, b) => a.startedMs - b.startedMs)
    .map(serviceOf);
}

/** Onboot containers that failed. */
export const failedTasks = (folder: string): Service[] =>
  reportedTasks(folder, 'onboot').filter(({ state }) => state === 'failed');

function reportFiles(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch {
    // Nothing has run yet.
    return [];
  }
}

function readReport(path: string): TaskReport | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Being replaced right now, or not ours.
    return undefined;
  }
}

const states = { running: 'running', succeeded: 'stopped', failed: 'failed' } as const;

function serviceOf({ name, section, state, exitStatus, reason }: TaskReport): Service {
  const lastExit = reason || (exitStatus === null ? '' : `exit status ${exitStatus}`);
  return {
    ...{ name, section, state: states[state], restarts: 0, pid: 0, lastExit, ...noResources },
    ...{ ageS: 0, health: 'unknown', healthAgeS: 0, healthFalls: 0, crashLoop: false },
  };
}
