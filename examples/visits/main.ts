import { createServer } from 'node:http';
import { connect } from 'node:net';

/** One more visit in redis, and how many there were. @throws an error if redis does not answer */
async function countVisit(): Promise<number> {
  // A connection for each visit is enough here; with more of them, take a client of npm.
  const socket = connect(6379, '127.0.0.1').setEncoding('utf8').setTimeout(5000);
  socket.on('timeout', () => socket.destroy(new Error('redis does not answer')));
  socket.write('INCR visits\r\n');
  let reply = '';
  for await (const text of socket) {
    reply += text;
    if (reply.endsWith('\r\n')) break;
  }
  const [, count] = /^:(\d+)\r\n$/.exec(reply) ?? [];
  if (count === undefined) throw new Error(`redis answers "${reply.trim()}"`);
  return Number(count);
}

const server = createServer(async (request, response) => {
  try {
    response.end(request.url === '/health' ? 'ok\n' : `visit ${await countVisit()}\n`);
  } catch (thrown) {
    console.error(thrown);
    response.writeHead(503).end('no database\n');
  }
});

server.listen(8080, () => console.log('listening on port 8080'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
