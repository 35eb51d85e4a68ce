import { runService } from '../../lib/service/service.ts';
import { Collector } from './collect.ts';
import { serveMetrics } from './serve.ts';
import { readSettings } from './settings.ts';

await runService(async ({ signal, log, ready }) => {
  const { listen, paths } = readSettings(process.argv.slice(2), process.env);
  const collector = new Collector(paths);
  const server = await serveMetrics(listen, (format) => collector.text(format), log.warn);
  ready();
  signal.addEventListener('abort', () => {
    server.close();
    collector.close();
  });
});
