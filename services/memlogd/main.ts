import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { reasonOf } from '../../lib/errors/errors.ts';
import { runService } from '../../lib/service/service.ts';
import { readSettings } from './arguments.ts';
import { serveClient } from './serve-client.ts';
import { supervisorLogs } from './supervisor-logs.ts';

await runService(async ({ log, ready }) => {
  const { socket, socketQuery, maxLineLen } = readSettings();
  const read = supervisorLogs(socket);
  const server = createServer({ allowHalfOpen: true }, (client) => {
    serveClient(client, read, maxLineLen).catch((thrown) => log.warn(`a client: ${reasonOf(thrown)}`));
  });
  // As many streams as the supervisor gives one service, less those that are about to end.
  server.maxConnections = 6;
  // That of an earlier process.
  rmSync(socketQuery, { force: true });
  // For containers that bind its folder, whatever user they run as: only the bind controls access.
  process.umask(0);
  server.listen(socketQuery);
  await once(server, 'listening');
  ready();
});
