import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (c) => c.html(<b>hono</b>));
serve({ fetch: app.fetch, port: 8003 });
