import { isObject } from '../../lib/json/is-object.ts';
import { savedJson } from '../cli/saved-json.ts';
import type { SizedFile, SizedPart, SizeReport } from './report.ts';

/** What `kit size --json` has printed, from a file. @throws KitError for anything else */
export const savedReport = async (path: string): Promise<SizeReport> =>
  savedJson(path, {
    expected: 'what kit size --json has printed, or an image',
    limit: 256 << 20,
    is: isReport,
  });

const isSized = (value: Record<string, unknown>): boolean =>
  isSize(value.bytes) && isSize(value.unpackedBytes);

const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isReport = (value: unknown): value is SizeReport =>
  isObject(value) &&
  isSized(value) &&
  typeof value.subject === 'string' &&
  Array.isArray(value.parts) &&
  value.parts.every(isPart);

const isPart = (value: unknown): value is SizedPart =>
  isObject(value) &&
  isSized(value) &&
  typeof value.title === 'string' &&
  (value.package === null || typeof value.package === 'string') &&
  Array.isArray(value.users) &&
  value.users.every((user) => typeof user === 'string') &&
  Array.isArray(value.files) &&
  value.files.every(isFile);

const isFile = (value: unknown): value is SizedFile =>
  isObject(value) && isSized(value) && typeof value.path === 'string';
