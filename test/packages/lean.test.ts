import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundleService } from '../../build/packages/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-lean-'));
afterAll(() => rmSync(folder, { recursive: true }));

test("what kit's own bundles have of gRPC serves and calls, and brings no compiler of protobuf along", async () => {
  const main = join(import.meta.dirname, 'calls-itself.ts');
  const { files, inputs } = await bundleService(main, '/main.mjs', folder, 'lean');
  for (const { name, content } of files) writeFileSync(join(folder, name), content);
  const socket = join(folder, 'socket');
  const said = execFileSync(process.execPath, [join(folder, 'main.mjs'), socket], { encoding: 'utf8' });
  expect(said).toBe('undefined 5 NOT_FOUND: Unknown service "other"\n');
  expect(inputs.filter((path) => /protobufjs|grpc-js\/build\/src\/index/.test(path))).toEqual([]);
});
