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

export const writeLaunch = (dir: string, kind: string, launch: object): Promise<void> =>
  writePrivateJson(join(dir, machineFiles.launch), { kind, ...launch } satisfies LaunchFile);

/** next-launch.json: what an update writes for the next boot. */
export interface NextLaunch {
  readonly launch: LaunchFile;
  /** Of the image; the record of a cluster's machine has it from then on. */
  readonly digest: string;
}

export async function readNextLaunch(dir: string): Promise<NextLaunch> {
  return JSON.parse(await readFile(join(dir, machineFiles.nextLaunch), 'utf8')) as NextLaunch;
}

export const writeNextLaunch = (dir: string, next: NextLaunch): Promise<void> =>
  writePrivateJson(join(dir, machineFiles.nextLaunch), next);
