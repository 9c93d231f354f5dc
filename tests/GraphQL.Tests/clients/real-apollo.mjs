import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from '@apollo/client/core/index.js';
import { relayStylePagination } from '@apollo/client/utilities/index.js';
import { assert, check, runAll, url } from './checks.mjs';
import { defineUnit, page, signIn, stream, wrong } from './real.mjs';

const token = await signIn('inventory-controller');
const connect = (headers = { authorization: `Bearer ${token}` }, more = {}) => new ApolloClient({
  cache: new InMemoryCache({ typePolicies: { Query: { fields: { items: relayStylePagination(['where', 'order']) } } } }),
  link: ApolloLink.from([new HttpLink({ uri: url, headers, ...more })]),
});

check('pages grow together in the cache', async () => {
  const client = connect();
  const watched = client.watchQuery({ query: gql(page), variables: { first: 4 } });
  const first = await watched.result?.() ?? await client.query({ query: gql(page), variables: { first: 4 } });
  await watched.fetchMore({ variables: { first: 4, after: first.data.items.pageInfo.endCursor } });
  const codes = client.readQuery({ query: gql(page), variables: { first: 4 } }).items.edges.map((edge) => edge.node.code);
  assert.equal(codes.length, 8);
  assert.deepEqual(codes, [...new Set(codes)].sort());
});

check('a row is one row, however it was reached', async () => {
  const client = connect();
  const { data } = await client.query({ query: gql(page), variables: { first: 1 } });
  const { id } = data.items.edges[0].node;
  await client.query({ query: gql`query One($id: ID!) { node(id: $id) { id ... on Item { brand } } }`, variables: { id } });
  const cached = client.cache.extract()[`Item:${id}`];
  assert.ok('brand' in cached && 'name' in cached);
});

check('a refusal is data, a denial is an error', async () => {
  const client = connect();
  const { data } = await client.mutate({ mutation: gql(defineUnit), variables: { input: wrong } });
  assert.match(data.defineUnit.errors[0].__typename, /Error$/);
  await assert.rejects(client.query({ query: gql`{ users(first: 1) { nodes { login } } }` }),
    (error) => error.errors[0].extensions.code === 'AUTH_NOT_AUTHORIZED');
  const { data: partial, error } = await client.query({
    query: gql`{ items(first: 1) { nodes { code values(first: 1) { nodes { value } } } } users(first: 1) { nodes { login } } }`, errorPolicy: 'all',
  });
  assert.ok(partial.items.nodes[0].code);
  assert.equal(partial.users, null);
  assert.ok(error);
});

check('queries by GET', async () => {
  const client = connect({ authorization: `Bearer ${token}`, 'apollo-require-preflight': 'true' }, { useGETForQueries: true });
  assert.equal((await client.query({ query: gql`{ service { name } }` })).data.service.name, 'Platform');
});

check('a stream over multipart', async () => {
  const client = connect();
  const codes = await new Promise((resolve, reject) => {
    const seen = [];
    const watching = client.subscribe({ query: gql(stream) }).subscribe({
      next: ({ data, error }) => {
        if (error) reject(error);
        seen.push(data.itemChanged.item.code);
        if (seen.length === 5) {
          watching.unsubscribe();
          resolve(seen);
        }
      },
      error: reject,
    });
  });
  assert.ok(codes.every((code) => code.length > 0));
});

await runAll();
