// PostGraphile as its documentation sets it up: the Amber preset over the views of GraphRows.cs, `pg` with prepared statements.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { connection, port } from './arguments.mjs';

// A function of Node.js 22 that it calls; here it may run on 20.
Promise.withResolvers ??= function withResolvers() {
  const parts = {};
  parts.promise = new this((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ poolConfig: { ...connection, max: 16 }, schemas: ['bench'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, websockets: false, watch: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(port, '127.0.0.1', () => console.log('ready'));
