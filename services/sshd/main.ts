import { renderError } from '../../lib/errors/render.ts';
import { printLine as log } from '../../lib/log/print-line.ts';
import { runMain } from '../../lib/log/run-main.ts';
import { readArguments } from './arguments.ts';
import { hostKeys } from './host-keys.ts';
import { SshListener } from './listener.ts';

await runMain(async () => {
  const settings = readArguments(process.argv.slice(2));
  const keys = await hostKeys(settings.hostKeys, log);
  const listener = new SshListener(settings, keys, log);
  const port = await listener.listen();
  log(
    `listening on port ${port}; ${keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', ')}`,
  );
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(listener));
  // An error of one client must not end the sessions of others.
  process.on('uncaughtException', (error) => log(renderError(error)));
});

/** Exits after 2 s even if a program ignores SIGHUP. */
function stop(listener: SshListener): void {
  listener.close();
  setTimeout(() => process.exit(0), 2000).unref();
}
