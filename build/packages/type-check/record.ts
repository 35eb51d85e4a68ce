import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { writeJson } from '../../cache/write.ts';
import { changedSince, type RecordedInput, recordInputs, refreshInputs } from '../inputs.ts';

/** A check that found no mistake. */
interface CheckRecord {
  readonly version: number;
  /** Absolute folder of the package. */
  readonly dir: string;
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

/** Removes the record, and what TypeScript remembers, of a package whose folder no longer exists. */
export async function removeIfGone(file: string): Promise<void> {
  const record = await readRecord(file);
  if (record && existsSync(record.dir)) return;
  for (const path of [file, file.replace(/json$/, 'tsbuildinfo')]) await rm(path, { force: true });
}

/** @param started when the check began: files that were written since may differ from what it read */
export async function recordCheck(
  file: string,
  dir: string,
  paths: readonly string[],
  started: number,
): Promise<void> {
  if (changedSince(paths, started)) return;
  makeFolder(dirname(file));
  await writeJson(file, { version, dir, inputs: recordInputs(paths) } satisfies CheckRecord);
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
