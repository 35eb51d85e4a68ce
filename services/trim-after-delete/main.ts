import { setTimeout as pause } from 'node:timers/promises';
import { reasonOf } from '../../lib/errors/errors.ts';
import { lastLine, runToEnd } from '../../lib/linux/process/run-to-end.ts';
import { type Logger, runService } from '../../lib/service/service.ts';
import { afterDelay } from './after-delay.ts';
import { readSettings } from './arguments.ts';
import { listen } from './listen.ts';

/** Milliseconds until the engine is tried again. */
const retryMs = 1000;

await runService(async ({ signal, log, ready }) => {
  const { delayMs, program, socket } = readSettings();
  const trim = afterDelay(delayMs, () => run(program, log));
  let lastProblem = '';
  ready();
  while (!signal.aborted) {
    try {
      await listen(socket, signal, trim);
      lastProblem = '';
    } catch (thrown) {
      // Once: the engine may come minutes later, or never.
      if (!signal.aborted && reasonOf(thrown) !== lastProblem)
        log.warn(`${reasonOf(thrown)}; tried every second`);
      lastProblem = reasonOf(thrown);
    }
    await pause(retryMs, undefined, { signal }).catch(() => {});
  }
});

async function run([file, ...args]: readonly [string, ...string[]], log: Logger): Promise<void> {
  const what = [file, ...args].join(' ');
  try {
    const { status, stdout, stderr } = await runToEnd(file, args, { env: process.env });
    const said = lastLine(`${stdout}\n${stderr}`).slice(0, 300);
    if (status === 0) log.info(`an image was deleted: ${what}${said && `: ${said}`}`);
    else log.error(`${what} ended with status ${status}${said && `: ${said}`}`);
  } catch (thrown) {
    log.error(reasonOf(thrown));
  }
}
