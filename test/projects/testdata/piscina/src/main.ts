import { createServer } from 'node:http';
import { Piscina } from 'piscina';

const pool = new Piscina<{ a: number; b: number }, number>({
  filename: new URL('./worker.ts', import.meta.url).href,
  maxThreads: 2,
});
createServer(async (_request, response) => {
  const sums = await Promise.all([1, 2, 3].map((a) => pool.run({ a, b: 1 })));
  response.end(`piscina ${sums.join()}`);
}).listen(8007);
