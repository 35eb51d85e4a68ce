import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sizeReport, solidPart } from './report.ts';
import { savedReport } from './saved-report.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-size-'));
afterAll(() => rmSync(dir, { recursive: true }));

function saved(text: string): ReturnType<typeof savedReport> {
  const path = join(dir, 'report.json');
  writeFileSync(path, text);
  return savedReport(path);
}

test('a report comes back', async () => {
  const report = sizeReport('web.yml', [solidPart('kernel', 5)]);
  expect(await saved(JSON.stringify(report))).toEqual(report);
});

test.each([
  ['', 'Unexpected end of JSON input'],
  ['[]', 'it is JSON of another kind'],
  ['{"subject":"x","bytes":1,"unpackedBytes":1,"parts":[{}]}', 'it is JSON of another kind'],
  ['{"subject":"x","bytes":"1","unpackedBytes":1,"parts":[]}', 'it is JSON of another kind'],
])('%s is refused', async (text, why) => {
  await expect(saved(text)).rejects.toThrow(why);
});

test('a file that is not there is refused by name', async () => {
  await expect(savedReport(join(dir, 'none.json'))).rejects.toThrow('Cannot compare with');
});
