import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeJson } from '../../cache/write.ts';
import { changedSince, type RecordedInput, recordInputs, refreshInputs } from '../inputs.ts';

/** A check that found no mistake. */
interface CheckRecord {
  readonly version: number;
  readonly inputs: readonly RecordedInput[];
}

/** Raise it when the meaning of a record changes. */
const version = 1;

/** Whether nothing has changed since a check without mistakes. */
export async function isRecorded(file: string): Promise<boolean> {
  const record = await readRecord(file);
  const inputs = record && refreshInputs(record.inputs);
  if (!record || !inputs) return false;
  if (inputs !== record.inputs) await writeJson(file, { ...record, inputs });
  return true;
}

/** @param started when the check began: files that were written since may differ from what it read */
export async function recordCheck(file: string, paths: readonly string[], started: number): Promise<void> {
  if (changedSince(paths, started)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeJson(file, { version, inputs: recordInputs(paths) } satisfies CheckRecord);
}

async function readRecord(file: string): Promise<CheckRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(file, 'utf8')) as CheckRecord;
    return record.version === version ? record : undefined;
  } catch {
    // Missing or damaged: types are checked again.
    return undefined;
  }
}
