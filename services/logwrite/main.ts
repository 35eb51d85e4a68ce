import { log, runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { writeLogs } from './write-logs.ts';

// Between two flushes no line is partly written, and the next run continues where this one stopped.
await runService(({ signal }) => writeLogs(readSettings(), { signal, say: log.info }));
