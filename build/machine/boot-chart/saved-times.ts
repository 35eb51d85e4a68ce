import { readFile } from 'node:fs/promises';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import type { BootBar, BootTimes } from './boot-times.ts';

/** More than the times of any boot. */
const mostBytes = 16 << 20;

/** What `kit boot-chart --json` has printed, from a file. @throws KitError for anything else */
export async function savedTimes(path: string): Promise<BootTimes> {
  const wrong = (why: string, cause?: unknown): KitError =>
    new KitError(`Cannot compare with "${path}": ${why}`, {
      hint: 'it should be what kit boot-chart --json has printed',
      cause,
    });
  let value: unknown;
  try {
    const bytes = await readFile(path);
    if (bytes.length > mostBytes) throw wrong(`more than ${mostBytes} bytes`);
    value = JSON.parse(bytes.toString());
  } catch (thrown) {
    throw thrown instanceof KitError ? thrown : wrong(reasonOf(thrown), thrown);
  }
  if (!isTimes(value)) throw wrong('it is JSON of another kind');
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < 1e15;

const isAmountOrNull = (value: unknown): boolean => value === null || isAmount(value);

const isTimes = (value: unknown): value is BootTimes =>
  isRecord(value) &&
  isAmountOrNull(value.readyMs) &&
  Array.isArray(value.bars) &&
  value.bars.every(isBar) &&
  isRecord(value.memory) &&
  isAmountOrNull(value.memory.atReadyBytes) &&
  isAmountOrNull(value.memory.nowBytes) &&
  Array.isArray(value.memory.services) &&
  value.memory.services.every(isService);

const isBar = (value: unknown): value is BootBar =>
  isRecord(value) &&
  typeof value.kind === 'string' &&
  typeof value.name === 'string' &&
  isAmount(value.startMs) &&
  isAmountOrNull(value.startedMs) &&
  isAmountOrNull(value.endMs);

const isService = (value: unknown): boolean =>
  isRecord(value) && typeof value.name === 'string' && isAmount(value.bytes);
