import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { greet } from './greet.ts';

const server = createServer((request, response) => {
  // A way to see a crash: the log shows this line of this file, and the service comes back by itself.
  if (request.url === '/crash') {
    setImmediate(() => {
      throw new Error('asked to crash');
    });
  }
  response.end(`${greet(process.env.GREETING ?? 'Hello', hostname())}\n`);
});

server.listen(8080, () => console.log('listening on port 8080'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
