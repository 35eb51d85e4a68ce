import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';

// A worker thread, whose file pino finds beside its own.
const log = pino(pino.transport({ target: 'pino/file', options: { destination: '/tmp/log' } }));

createServer(async (_request, response) => {
  log.info('a request');
  while (!readFileSync('/tmp/log', { encoding: 'utf8', flag: 'a+' }).includes('\n')) await sleep(20);
  response.end(JSON.parse(readFileSync('/tmp/log', 'utf8').split('\n')[0] ?? '').msg);
}).listen(8004);
