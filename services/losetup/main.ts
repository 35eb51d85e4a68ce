import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { attachFile } from './attach-file.ts';

await runService(({ log }) => attachFile(readSettings(), log.info));
