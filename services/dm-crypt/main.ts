import { runDiskProgram } from '../../lib/disks/run-program.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { openCrypt } from './open-crypt.ts';

await runService(({ log }) => openCrypt(readSettings(), { run: runDiskProgram, say: log.info }));
