import { runDiskProgram } from '../../lib/disks/run-program.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { format } from './format.ts';

await runService(({ log }) => format(readSettings(), { run: runDiskProgram, say: log.info }));
