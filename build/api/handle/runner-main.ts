/**
 * The program that builds and starts a machine for a test, on kit's own Node: the test may run on an older
 * one, and building in its process would slow it down. Started by runner.ts with an IPC channel.
 */
import process from 'node:process';
import { Readable, Writable } from 'node:stream';
import { KitError } from '../../../lib/errors/errors.ts';
import { renderError } from '../../../lib/errors/render.ts';
import { ownPaths } from '../../commands/flags/own-paths.ts';
import { readRequest } from '../../commands/flags/run-flags.ts';
import { workFor } from '../../commands/flags/work-flags.ts';
import type { Context } from '../../host/context.ts';
import { refuseForeign } from '../../host/users/own-folders.ts';
import { lifelineFd } from '../../monitor/messages.ts';
import { restartMachine, startForOwner } from '../../run/owned.ts';
import { prepareMachine } from '../../run/prepare.ts';
import type { RunnerMessage, RunnerOrder } from './runner-messages.ts';

const interrupt = new AbortController();
const stop = (): void => interrupt.abort(new KitError('Interrupted'));
for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
// The test's process is gone.
process.on('disconnect', stop);

const send = (message: RunnerMessage): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });

process.once('message', async (order: RunnerOrder) => {
  try {
    await execute(order);
    await send({ kind: 'started' });
  } catch (thrown) {
    await send({ kind: 'failed', message: renderError(thrown).replace(/^error: /, '') });
  }
  process.exit();
});

async function execute(order: RunnerOrder): Promise<void> {
  refuseForeign(ownPaths(process.env));
  await using atEnd = new AsyncDisposableStack();
  const context: Context = {
    ...{ stdin: Readable.from([]), stdout: progressStream(), stderr: progressStream(), env: process.env },
    ...{ cwd: order.kind === 'create' ? order.cwd : '/', signal: interrupt.signal, atEnd },
  };
  if (order.kind === 'start') return restartMachine(order.name, context, lifelineFd);
  const { backend, image, flags } = order;
  const { arch: _arch, ...others } = flags;
  const work = workFor(context, others);
  const machine = await prepareMachine(await readRequest([backend, image], flags, context), context, work);
  await send({ kind: 'created' });
  await startForOwner(machine, context, lifelineFd);
}

/** Sends what progress is written to it, line by line. */
function progressStream(): Writable {
  return new Writable({
    write(bytes: Buffer, _encoding, done) {
      for (const line of bytes.toString().split('\n'))
        if (line !== '') void send({ kind: 'progress', line: line.replace(/^kit: /, '') });
      done();
    },
  });
}
