import { runDiskProgram } from '../../lib/disks/run-program.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { makeSwap } from './make-swap.ts';

await runService(({ log }) => makeSwap(readSettings(), { run: runDiskProgram, say: log.info }));
