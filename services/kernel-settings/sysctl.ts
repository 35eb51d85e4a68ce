import { parseSysctls } from '../../lib/kernel-settings/setting-lines.ts';
import { runService } from '../../lib/service/service.ts';
import { applySettings } from './apply-settings.ts';
import { readSettings } from './arguments.ts';

await runService(({ log }) => {
  const { config, root } = readSettings('sysctl');
  applySettings(config, { root, parse: parseSysctls }, log.info);
});
