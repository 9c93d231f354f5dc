import { Client, fetchExchange, gql } from '@urql/core';
import { assert, check, runAll, url } from './checks.mjs';
import { defineUnit, page, signIn, stream, wrong } from './real.mjs';

const token = await signIn('inventory-controller');
const connect = (options = {}) => new Client({
  url,
  exchanges: [fetchExchange],
  preferGetMethod: false,
  fetchSubscriptions: true,
  fetchOptions: { headers: { authorization: `Bearer ${token}`, 'graphql-preflight': '1' } },
  ...options,
});

check('a page, and the one before it', async () => {
  const client = connect();
  const { data } = await client.query(gql(page), { first: 5 });
  const last = data.items.edges.at(-1).cursor;
  const before = await client.query(gql`query Back($before: String) { items(last: 2, before: $before, order: [{ code: ASC }]) { nodes { code } } }`, { before: last });
  assert.deepEqual(before.data.items.nodes.map((node) => node.code), data.items.edges.slice(2, 4).map((edge) => edge.node.code));
});

check('a page by GET', async () => {
  const { data, error } = await connect({ preferGetMethod: 'force' }).query(gql(page), { first: 2 });
  assert.equal(error, undefined);
  assert.equal(data.items.edges.length, 2);
});

check('a refusal is data, a denial is an error', async () => {
  const client = connect();
  const { data } = await client.mutation(gql(defineUnit), { input: wrong });
  assert.match(data.defineUnit.errors[0].__typename, /Error$/);
  const { error } = await client.query(gql`{ users(first: 1) { nodes { login } } }`, {});
  assert.equal(error.graphQLErrors[0].extensions.code, 'AUTH_NOT_AUTHORIZED');
});

check('a stream over fetch', async () => {
  const codes = await new Promise((resolve, reject) => {
    const seen = [];
    const { unsubscribe } = connect().subscription(gql(stream), {}).subscribe((result) => {
      if (result.error) reject(result.error);
      if (result.data) seen.push(result.data.itemChanged.item.code);
      if (seen.length === 5) {
        setTimeout(() => unsubscribe());
        resolve(seen);
      }
    });
  });
  assert.ok(codes.every((code) => code.length > 0));
});

await runAll();
