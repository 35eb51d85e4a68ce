import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { registerAll } from './register.ts';

await runService(({ log }) => registerAll(readSettings(), log.info));
