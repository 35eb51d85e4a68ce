import { renderError } from '../../lib/errors/render.ts';
import { printLine as log } from '../../lib/log/print-line.ts';
import { runMain } from '../../lib/log/run-main.ts';
import { readArguments } from './arguments.ts';
import { hostKeys } from './host-keys.ts';
import { Listener } from './server.ts';

await runMain(async () => {
  const settings = readArguments(process.argv.slice(2));
  const keys = await hostKeys(settings.hostKeys, log);
  const listener = new Listener(settings, keys, log);
  const port = await listener.listen();
  log(
    `listening on port ${port}; ${keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', ')}`,
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(listener));
  // One client's trouble must not end the others' sessions.
  process.on('uncaughtException', (error) => log(renderError(error)));
});

/** A program that ignores the hang-up must not keep us. */
function stop(listener: Listener): void {
  listener.close();
  setTimeout(() => process.exit(0), 2000).unref();
}
