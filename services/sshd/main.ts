import { renderError } from '../../lib/errors/render.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { printAudit } from './audit.ts';
import { hostKeys } from './host-keys.ts';
import { SshListener } from './listener.ts';

// Sessions get 2 s: a program may ignore SIGHUP.
await runService(
  async ({ signal, log }) => {
    const settings = readSettings();
    const keys = await hostKeys(settings.hostKeys, log.info);
    const listener = new SshListener(settings, keys, log.info, printAudit);
    const port = await listener.listen();
    const names = keys.map(({ type, fingerprint }) => `${type} ${fingerprint}`).join(', ');
    log.info(`listening on port ${port}; ${names}`);
    signal.addEventListener('abort', () => listener.close());
    // An error of one client must not end the sessions of others.
    process.on('uncaughtException', (error) => printLine(renderError(error), 2));
  },
  { stopTimeoutMs: 2000 },
);
