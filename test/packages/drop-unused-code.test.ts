import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { bundled } from '../support/bundled.ts';
import { testSocket } from '../support/needs.ts';

test('the reduced gRPC of bundles can serve and call, without the protobuf compiler', async () => {
  const main = await bundled('test/packages/calls-itself.ts');
  const output = execFileSync(process.execPath, [main, testSocket(dirname(main), 'socket')], {
    encoding: 'utf8',
  });
  expect(output).toBe('undefined 5 NOT_FOUND: Unknown service "other"\n');
  expect(readFileSync(`${main}.map`, 'utf8')).not.toMatch(/protobufjs|grpc-js\/build\/src\/index/);
});
