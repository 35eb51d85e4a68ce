import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Runs a script with the exports of service.ts and `printLine` in scope. */
function run(script: string): ChildProcess {
  const lib = JSON.stringify(join(import.meta.dirname, '..'));
  const imports = [
    `import { printLine } from ${lib.replace(/"$/, '/log/print-line.ts"')};`,
    `import { KitError, log, ready, runService } from ${lib.replace(/"$/, '/service/service.ts"')};`,
  ];
  const args = ['--input-type=module', '-e', `${imports.join('')} ${script}`];
  return spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
}

interface End {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function endOf(child: ChildProcess): Promise<End> {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.on('data', (bytes) => {
      output[name] += bytes;
    });
  const [status] = await once(child, 'close');
  return { status, ...output };
}

/** The end of a program that gets this signal as often, each time it has printed a line. */
async function signalled(script: string, signal: NodeJS.Signals): Promise<End> {
  const child = run(script);
  child.stdout?.on('data', () => child.kill(signal));
  return endOf(child);
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

test('an error for people is one line, any other has its stack; both set the exit status', async () => {
  const thrown = (error: string) => endOf(run(`await runService(() => { throw ${error}; });`));
  expect(await thrown(`new KitError('Cannot do "it": no', { exitCode: 2 })`)).toMatchObject({
    status: 2,
    stderr: 'error: Cannot do "it": no\n',
  });
  expect(await thrown(`new TypeError('x')`)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^TypeError: x\n {4}at /),
  });
});

test('outside of a machine ready prints nothing', async () => {
  const { status, stdout } = await endOf(
    run(`await runService(({ ready }) => { ready(); log.info('up'); });`),
  );
  expect([status, stdout]).toEqual([0, 'up\n']);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s aborts the signal, and the service may finish',
  async (name) => {
    const script = `await runService(async ({ stopped, log }) => {
    log.info('up');
    await stopped();
    await new Promise((resolve) => setTimeout(resolve, 50));
    printLine('finished', 2);
  });`;
    expect(await signalled(script, name)).toEqual({ status: 0, stdout: 'up\n', stderr: 'finished\n' });
  },
);

test('a service that nobody stops ends at once, as without a handler', async () => {
  const script = `await runService(({ log }) => { setInterval(() => {}, 1000); log.info('up'); });`;
  expect(await signalled(script, 'SIGTERM')).toMatchObject({ status: 143 });
});

test('a second signal ends the service at once', async () => {
  const script = `await runService(async ({ signal, log }) => {
    signal.addEventListener('abort', () => log.info('stopping'));
    log.info('up');
    await new Promise(() => {});
  }, { stopTimeoutMs: 60_000 });`;
  expect(await signalled(script, 'SIGTERM')).toMatchObject({ status: 143, stdout: 'up\nstopping\n' });
});

test('what is still open after the time is named, and ends', async () => {
  const open = `await runService(async ({ signal, log }) => {
    const { createServer } = await import('node:net');
    signal.addEventListener('abort', () => {});
    createServer().listen(0, '127.0.0.1', () => log.info('up'));
  }, { stopTimeoutMs: 50 });`;
  expect(await signalled(open, 'SIGTERM')).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^warning: not stopped within 0\.05 s: still open: .*TCPServerWrap\n$/),
  });
  const pending = `await runService(async ({ signal, log }) => {
    signal.addEventListener('abort', () => {});
    log.info('up');
    await new Promise(() => {});
  }, { stopTimeoutMs: 50 });`;
  expect(await signalled(pending, 'SIGTERM')).toMatchObject({
    status: 1,
    stderr: 'warning: not stopped within 0.05 s: its main function has not returned\n',
  });
});
