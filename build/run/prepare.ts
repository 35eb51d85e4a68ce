import { rm } from 'node:fs/promises';
import type { Backends, RunPlan } from '../backend/backend.ts';
import { writeLaunch } from '../backend/launch-file.ts';
import { checkPorts } from '../backend/request/publish.ts';
import type { RunRequest } from '../backend/request/request.ts';
import type { Context } from '../host/context.ts';
import { createMachine, refuseTakenName } from '../machine/records/create.ts';
import type { Machine } from '../machine/records/find.ts';
import { nameFrom } from '../machine/records/folder.ts';
import { ownProcess } from '../machine/records/process.ts';
import type { MachineRecord } from '../machine/records/record.ts';
import { imageName } from '../media/image-name.ts';
import { backendNamed, backends } from '../monitor/backends.ts';
import type { Work } from '../work.ts';
import { warnOfClosedPorts } from './closed-ports.ts';

/**
 * Does everything before the start: checks name and ports, builds the image if it is a manifest, and creates
 * the machine's folder with all that its monitor needs. @param known tests add backends
 */
export async function prepareMachine(
  request: RunRequest,
  context: Context,
  work: Work,
  known: Backends = backends,
): Promise<Machine> {
  const backend = backendNamed(request.backend, known);
  const wanted = {
    name: request.name ?? nameFrom(imageName(request.image)),
    exact: request.name !== undefined,
  };
  // Checked first, since a build may take minutes.
  if (wanted.exact) await refuseTakenName(context.env, wanted.name);
  await checkPorts(request.publish);
  const plan = await backend.plan(request, context, work);
  await warnOfClosedPorts(request, context, work);
  const record = (name: string): MachineRecord => newRecord(name, request, plan);
  const machine = await createMachine(context.env, wanted, record, (text) => work.progress.line(text));
  try {
    await writeLaunch(machine.dir, request.backend, await plan.createFiles(machine));
    return machine;
  } catch (thrown) {
    await rm(machine.dir, { recursive: true, force: true });
    throw thrown;
  }
}

function newRecord(name: string, { publish, member }: RunRequest, { settings }: RunPlan): MachineRecord {
  return {
    ...{ name, publish, ...settings },
    ...(member && { member }),
    ...{ state: 'starting', reason: '', owner: ownProcess(), guest: null },
    ...{ createdMs: Date.now(), startedMs: null, endedMs: null },
  };
}
