import { runDiskProgram } from '../../lib/disks/run-program.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { mountDevice } from './mount-device.ts';

await runService(({ log }) => mountDevice(readSettings(), { run: runDiskProgram, say: log.info }));
