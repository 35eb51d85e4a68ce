import { readFile } from 'node:fs/promises';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { SizedFile, SizedPart, SizeReport } from './report.ts';

/** More than the report of any image. */
const mostBytes = 256 << 20;

/** What `kit size --json` has printed, from a file. @throws KitError for anything else */
export async function savedReport(path: string): Promise<SizeReport> {
  const wrong = (why: string, cause?: unknown): KitError =>
    new KitError(`Cannot compare with "${path}": ${why}`, {
      hint: 'it should be what kit size --json has printed, or an image',
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
  if (!isReport(value)) throw wrong('it is JSON of another kind');
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSized = (value: Record<string, unknown>): boolean =>
  isSize(value.bytes) && isSize(value.unpackedBytes);

const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

const isReport = (value: unknown): value is SizeReport =>
  isRecord(value) &&
  isSized(value) &&
  typeof value.subject === 'string' &&
  Array.isArray(value.parts) &&
  value.parts.every(isPart);

const isPart = (value: unknown): value is SizedPart =>
  isRecord(value) &&
  isSized(value) &&
  typeof value.title === 'string' &&
  (value.package === null || typeof value.package === 'string') &&
  Array.isArray(value.users) &&
  value.users.every((user) => typeof user === 'string') &&
  Array.isArray(value.files) &&
  value.files.every(isFile);

const isFile = (value: unknown): value is SizedFile =>
  isRecord(value) && isSized(value) && typeof value.path === 'string';
