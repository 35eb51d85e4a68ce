import Fastify from 'fastify';

const app = Fastify({ logger: true });
const schema = { response: { 200: { type: 'object', properties: { answer: { type: 'string' } } } } } as const;
app.get('/', { schema }, async () => ({ answer: 'fastify', hidden: true }));
await app.listen({ port: 8001, host: '0.0.0.0' });
