import { createRequire } from 'node:module';
import { join } from 'node:path';
import express from 'express';

const { getAbsoluteFSPath } = createRequire(import.meta.url)('swagger-ui-dist') as { getAbsoluteFSPath(): string };
const app = express();
app.use('/docs', express.static(getAbsoluteFSPath()));
app.use('/static', express.static(join(import.meta.dirname, '../public')));
app.get('/', async (_request, response) => {
  const docs = await fetch('http://localhost:8002/docs/swagger-ui.css');
  const own = await fetch('http://localhost:8002/static/hello.txt');
  response.send(`express ${docs.status} ${(await own.text()).trim()}`);
});
app.listen(8002);
