import { runDiskProgram } from '../../lib/disks/run-program.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { extend } from './extend.ts';

await runService(({ log }) => extend(readSettings(), { run: runDiskProgram, say: log.info }));
