import { serve } from '@hono/node-server';
import { greeting } from '@example/text';
import { Hono } from 'hono';

const app = new Hono();
app.get('/', (c) => c.text(greeting('workspaces')));
serve({ fetch: app.fetch, port: 8009 });
