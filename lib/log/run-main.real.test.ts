import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function run(script: string): ChildProcess {
  const imports = [
    `import { printLine } from ${JSON.stringify(join(import.meta.dirname, 'print-line.ts'))};`,
    `import { runMain } from ${JSON.stringify(join(import.meta.dirname, 'run-main.ts'))};`,
  ];
  const args = ['--input-type=module', '-e', `${imports.join('')} ${script}`];
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
}

async function endOf(child: ChildProcess): Promise<{ status: number; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (bytes) => {
    stderr += bytes;
  });
  const [status] = await once(child, 'close');
  return { status, stderr };
}

test('a program whose output is closed continues without an error', async () => {
  const child = run(`let errors = 0;
    process.on('uncaughtException', (error) => { errors += 1; printLine(String(error)); });
    process.stdin.once('close', () => {
      for (let line = 0; line < 100; line += 1) { printLine('one'); printLine('two', 2); }
      setTimeout(() => process.exit(errors), 20);
    }).resume();`);
  const closed = [child.stdout, child.stderr].map((stream) => stream && once(stream.destroy(), 'close'));
  await Promise.all(closed);
  child.stdin?.end();
  const [status] = await once(child, 'exit');
  expect(status).toBe(0);
});

test('an error is printed as one line and sets the exit status', async () => {
  const thrown = (error: string) =>
    endOf(
      run(`import { KitError } from ${JSON.stringify(join(import.meta.dirname, '../errors/errors.ts'))};
      await runMain(() => { throw ${error}; });`),
    );
  expect(await thrown(`new KitError('Cannot do "it": no', { exitCode: 2 })`)).toEqual({
    status: 2,
    stderr: 'error: Cannot do "it": no\n',
  });
  expect((await thrown(`new TypeError('x')`)).status).toBe(1);
});
