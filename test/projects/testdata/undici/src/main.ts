import { createServer } from 'node:http';
import { request } from 'undici';

createServer(async ({ url }, response) => {
  if (url === '/inner') return void response.end('undici');
  const { statusCode, body } = await request('http://localhost:8008/inner');
  response.end(`${await body.text()} ${statusCode}`);
}).listen(8008);
