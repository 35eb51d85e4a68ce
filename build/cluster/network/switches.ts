import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { spawnProgram } from '../../../lib/linux/process/spawn.ts';
import { nodeProgram } from '../../host/paths.ts';
import { writePrivateJson } from '../../machine/records/private-json.ts';
import { isAlive, type ProcessId, processId, signalTo } from '../../machine/records/process.ts';
import { type Lan, writeLan } from './lan.ts';

const endMs = 5000;
const pollMs = 50;

/** The unix socket of a network's switch. */
export const switchSocket = (folder: string, name: string): string => join(folder, `${name}.sock`);

/**
 * Has a switch run for the network, with these addresses. One that runs already goes on, and knows the new
 * addresses. @throws KitError when it cannot be started
 */
export async function ensureSwitch(folder: string, name: string, lan: Lan): Promise<void> {
  makeFolder(folder, 0o700);
  await writeLan(join(folder, `${name}.json`), lan);
  const running = await runningSwitch(folder, name);
  if (running) return;
  const log = openSync(join(folder, `${name}.log`), 'w', 0o600);
  const child = spawnProgram(
    process.execPath,
    [...nodeProgram('build/cluster/network/switch-main.ts'), folder, name],
    { cwd: '/', detached: true, stdio: ['ignore', log, log, 'ipc'] },
  );
  closeSync(log);
  child.unref();
  const message = await Promise.race([
    once(child, 'message').then(([first]) => first as { readonly error?: string }),
    once(child, 'exit').then(() => ({ error: `it ended: ${join(folder, `${name}.log`)}` })),
  ]);
  if (message.error !== undefined) throw new KitError(`Cannot start the network "${name}": ${message.error}`);
  const id = processId(child.pid ?? 0);
  await writePrivateJson(join(folder, `${name}.pid.json`), id);
}

/** Ends the switch of a network, and removes its files. */
export async function endSwitch(folder: string, name: string): Promise<void> {
  const running = await runningSwitch(folder, name);
  if (running) {
    signalTo(running, 'SIGTERM');
    for (let waitedMs = 0; waitedMs < endMs && isAlive(running); waitedMs += pollMs) await pause(pollMs);
    signalTo(running, 'SIGKILL');
  }
  for (const ending of ['sock', 'json', 'pid.json', 'log'])
    await rm(join(folder, `${name}.${ending}`), { force: true });
}

async function runningSwitch(folder: string, name: string): Promise<ProcessId | undefined> {
  const text = await readFile(join(folder, `${name}.pid.json`), 'utf8').catch(() => '');
  if (text === '') return undefined;
  const id = JSON.parse(text) as ProcessId | null;
  return id && isAlive(id) ? id : undefined;
}
