import { join } from 'node:path';
import type { NextBoot } from '../backend/backend.ts';
import { readLaunch } from '../backend/launch-file.ts';
import { isRemote, type Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { writePrivateJson } from '../machine/records/private-json.ts';
import { backendNamed } from '../monitor/backends.ts';
import type { Work } from '../work.ts';

/**
 * Writes how the machine is to be started with the image: next-launch.json, which its monitor takes. False:
 * it boots from a disk or on another host, where only a new image changes what the next boot starts.
 */
export async function writeNextLaunch(machine: Machine, image: NextBoot, work: Work): Promise<boolean> {
  if (isRemote(machine)) return false;
  const { kind, ...old } = await readLaunch(machine.dir);
  const launch = await backendNamed(kind).nextLaunch(machine, old, image, work);
  if (!launch) return false;
  await writePrivateJson(join(machine.dir, machineFiles.nextLaunch), { kind, ...launch });
  return true;
}
