import { createServer } from 'node:http';
import bcrypt from 'bcrypt';

createServer(async (_request, response) => {
  const hash = await bcrypt.hash('secret', 4);
  response.end(`${hash.slice(0, 7)} ${await bcrypt.compare('secret', hash)}`);
}).listen(8005);
