import { createServer } from 'node:http';
import argon2 from 'argon2';

createServer(async (_request, response) => {
  const hash = await argon2.hash('secret', { memoryCost: 1024 });
  response.end(`${await argon2.verify(hash, 'secret')} ${await argon2.verify(hash, 'wrong')}`);
}).listen(8003);
