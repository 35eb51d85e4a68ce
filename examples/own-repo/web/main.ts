import { createServer } from 'node:http';
import { greet } from './greet.ts';

const server = createServer((request, response) => {
  const name = new URL(request.url ?? '/', 'http://web').searchParams.get('name') ?? 'world';
  console.log(`greeting ${name}`);
  response.end(`${greet(process.env.GREETING ?? 'Good day', name)}\n`);
});

server.listen(8080, () => console.log('listening on port 8080'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
