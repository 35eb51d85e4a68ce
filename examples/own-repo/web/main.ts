import { once } from 'node:events';
import { createServer } from 'node:http';
import { readArguments, runService } from '@kitlinux/kit/service';
import { greet } from './greet.ts';

await runService(async ({ log, ready, signal }) => {
  const { port, greeting } = readArguments({
    port: { type: 'integer', min: 1, max: 65_535, default: 8080, env: 'WEB_PORT' },
    greeting: { type: 'string', default: 'Good day', env: 'GREETING' },
  });
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://web').searchParams.get('name') ?? 'world';
    log.info('request', { name });
    response.end(`${greet(greeting, name)}\n`);
  });
  server.listen(port);
  await once(server, 'listening');
  ready();
  signal.addEventListener('abort', () => server.close());
});
