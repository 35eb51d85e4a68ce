import { log, runService } from '../../lib/service/service.ts';
import { sendLogs } from './send-logs.ts';
import { readSettings } from './settings.ts';

await runService(({ signal }) =>
  sendLogs(readSettings(process.argv.slice(2), process.env), { signal, say: log.info }),
);
