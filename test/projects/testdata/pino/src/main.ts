import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';

const files = ['/tmp/plain.log', '/tmp/pretty.log', '/tmp/own.log'];
const logger = pino({
  transport: {
    targets: [
      { target: 'pino/file', options: { destination: files[0] } },
      { target: 'pino-pretty', options: { destination: files[1], colorize: false } },
      { target: './transport.ts', options: { destination: files[2] } },
    ],
  },
});

const written = (): boolean => files.every((file) => existsSync(file) && readFileSync(file, 'utf8').includes('asked'));

createServer(async (_request, response) => {
  logger.info('asked');
  for (let tries = 0; tries < 100 && !written(); tries += 1) await sleep(50);
  response.end(`pino ${written()}`);
}).listen(8005);
