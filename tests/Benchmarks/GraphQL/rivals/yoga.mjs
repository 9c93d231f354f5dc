import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { resolvers, typeDefs } from './catalog.mjs';

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), graphiql: false, logging: false });
createServer(yoga).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('ready'));
