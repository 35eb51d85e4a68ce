import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFiles } from '../machine/records/folder.ts';
import { writePrivateJson } from '../machine/records/private-json.ts';

/**
 * launch.json: the backend's name, and beside it the keys of that backend's launch.
 */
export interface LaunchFile {
  readonly kind: string;
}

export async function readLaunch(dir: string): Promise<LaunchFile> {
  return JSON.parse(await readFile(join(dir, machineFiles.launch), 'utf8')) as LaunchFile;
}

/** What an update has written for the next boot. */
export async function readNextLaunch(dir: string): Promise<object> {
  return JSON.parse(await readFile(join(dir, machineFiles.nextLaunch), 'utf8')) as object;
}

export const writeLaunch = (dir: string, kind: string, launch: object): Promise<void> =>
  writePrivateJson(join(dir, machineFiles.launch), { kind, ...launch } satisfies LaunchFile);
