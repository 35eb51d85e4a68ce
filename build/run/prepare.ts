import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { imageName } from '../backend/image.ts';
import type { Plan } from '../backend/plan.ts';
import { checkPorts } from '../backend/publish.ts';
import type { RunRequest } from '../backend/request.ts';
import { planContainer } from '../container/container-plan.ts';
import type { Context } from '../host/context.ts';
import { checkName, claimMachine } from '../machine/records/claim.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles, nameFrom } from '../machine/records/folder.ts';
import { ownProcess } from '../machine/records/process.ts';
import { type MachineRecord, writeJson } from '../machine/records/record.ts';
import { planQemu } from '../qemu/qemu-plan.ts';
import type { Work } from '../work/work.ts';

/**
 * Everything before the start: builds the image if it is a manifest, checks ports and memory, makes disks and
 * the data volume, and leaves a machine's folder with all that its monitor needs.
 */
export async function prepareMachine(request: RunRequest, context: Context, work: Work): Promise<Machine> {
  const wanted = {
    name: request.name ?? nameFrom(imageName(request.image)),
    exact: request.name !== undefined,
  };
  // Refused before minutes of building.
  if (wanted.exact) await checkName(context.env, wanted.name);
  await checkPorts(request.publish);
  const plan = await (request.backend === 'qemu' ? planQemu : planContainer)(request, context, work);
  const machine = await claimMachine(context.env, wanted, (name) => newRecord(name, request, plan));
  try {
    await writeJson(join(machine.dir, machineFiles.launch), await plan.furnish(machine));
    return machine;
  } catch (thrown) {
    await rm(machine.dir, { recursive: true, force: true });
    throw thrown;
  }
}

function newRecord(name: string, { publish }: RunRequest, { settings }: Plan): MachineRecord {
  return {
    ...{ name, publish, ...settings },
    ...{ state: 'starting', reason: '', owner: ownProcess(), guest: null },
    ...{ createdMs: Date.now(), startedMs: null, endedMs: null },
  };
}
