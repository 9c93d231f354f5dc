import Fastify from 'fastify';
import mercurius from 'mercurius';
import { resolvers, typeDefs } from './catalog.mjs';

const app = Fastify();
app.register(mercurius, { schema: typeDefs, resolvers, jit: 1 });
await app.listen({ port: Number(process.argv[2]), host: '127.0.0.1' });
console.log('ready');
