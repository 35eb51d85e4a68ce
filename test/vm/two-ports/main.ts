import { createServer } from 'node:http';

for (const port of [8080, 8081]) createServer((_request, response) => response.end(`${port}`)).listen(port);
