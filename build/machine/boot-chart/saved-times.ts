import { isObject } from '../../../lib/json/is-object.ts';
import { savedJson } from '../../cli/saved-json.ts';
import type { BootBar, BootTimes } from './boot-times.ts';

/** What `kit boot-chart --json` has printed, from a file. @throws KitError for anything else */
export const savedTimes = async (path: string): Promise<BootTimes> =>
  savedJson(path, { expected: 'what kit boot-chart --json has printed', limit: 16 << 20, is: isTimes });

const isAmount = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value < 1e15;

const isAmountOrNull = (value: unknown): boolean => value === null || isAmount(value);

const isTimes = (value: unknown): value is BootTimes =>
  isObject(value) &&
  isAmountOrNull(value.readyMs) &&
  Array.isArray(value.bars) &&
  value.bars.every(isBar) &&
  isObject(value.memory) &&
  isAmountOrNull(value.memory.atReadyBytes) &&
  isAmountOrNull(value.memory.nowBytes) &&
  Array.isArray(value.memory.services) &&
  value.memory.services.every(isService);

const isBar = (value: unknown): value is BootBar =>
  isObject(value) &&
  typeof value.kind === 'string' &&
  typeof value.name === 'string' &&
  isAmount(value.startMs) &&
  isAmountOrNull(value.startedMs) &&
  isAmountOrNull(value.endMs);

const isService = (value: unknown): boolean =>
  isObject(value) && typeof value.name === 'string' && isAmount(value.bytes);
