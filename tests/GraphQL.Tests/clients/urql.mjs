import { Client, fetchExchange, gql } from '@urql/core';
import { assert, check, runAll, url } from './checks.mjs';

const types = [];
const connect = (options = {}) => new Client({
  url,
  exchanges: [fetchExchange],
  preferGetMethod: false,
  fetchSubscriptions: true,
  fetch: async (uri, init) => {
    const response = await fetch(uri, init);
    types.push(`${init.method} ${response.headers.get('content-type')}`);
    return response;
  },
  ...options,
});

const collect = (source) => new Promise((resolve) => {
  const results = [];
  const { unsubscribe } = source.subscribe((result) => {
    results.push(result);
    if (!result.hasNext) {
      setTimeout(() => {
        unsubscribe();
        resolve(results);
      });
    }
  });
});

check('queries', async () => {
  const { data, error } = await connect().query(gql`query ($first: Int) { items(first: $first) { nodes { id } pageInfo { hasNextPage } } }`, { first: 2 });
  assert.equal(error, undefined);
  assert.deepEqual(data.items.nodes.map((node) => node.id), ['i1', 'i2']);
  assert.match(types.at(-1), /^POST application\/graphql-response\+json/);
});

check('queries by GET', async () => {
  const { data } = await connect({ preferGetMethod: 'force' }).query(gql`query { hello }`, {});
  assert.equal(data.hello, 'Hello world');
  assert.match(types.at(-1), /^GET /);
});

check('mutations', async () => {
  const { data } = await connect().mutation(
    gql`mutation ($input: RenameItemInput!) { renameItem(input: $input) { item { name } } }`,
    { input: { itemId: 'i8', name: 'Urql' } });
  assert.equal(data.renameItem.item.name, 'Urql');
});

check('errors', async () => {
  const { error } = await connect().query(gql`query { fails }`, {});
  assert.equal(error.graphQLErrors.length, 1);
});

check('@defer', async () => {
  const results = await collect(connect().query(gql`query { item(id: "i9") { id ... @defer { stock } } }`, {}));
  assert.equal(results.at(-1).data.item.stock, 7);
  assert.ok(results.length >= 2);
});

check('subscriptions over fetch', async () => {
  const results = await collect(connect().subscription(gql`subscription { ticks(upTo: 3) { n } }`, {}));
  const seen = results.map((result) => result.data?.ticks.n).filter((n) => n !== undefined);
  assert.deepEqual([...new Set(seen)], [1, 2, 3]);
  assert.match(types.at(-1), /^POST text\/event-stream/);
});

await runAll();
