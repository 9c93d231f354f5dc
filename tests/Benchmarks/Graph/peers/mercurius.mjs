// Mercurius as somebody writes it who wants it fast: compiled documents, loaders for every edge, one prepared statement a loader.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';
import { connection, port } from './arguments.mjs';

pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
const pool = new pg.Pool({ ...connection, max: 16 });
const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const schema = /* GraphQL */ `
  type Query {
    itemById(id: ID!): Item
    items(first: Int!, where: ItemFilter, order: [ItemOrder!]): Items!
    stockPostings(first: Int!, order: [PostingOrder!]): Postings!
  }
  input ItemFilter { code: TextFilter }
  input TextFilter { startsWith: String }
  input ItemOrder { name: Direction }
  input PostingOrder { documentNumber: Direction }
  enum Direction { ASC DESC }
  type Items { nodes: [Item!]! }
  type Item { id: ID! code: String! name: String! status: String! version: Int! stockBalances(first: Int!): Balances! }
  type Balances { nodes: [Balance!]! }
  type Balance { onHand: Float! warehouse: Warehouse! }
  type Warehouse { code: String! }
  type Postings { nodes: [Posting!]! }
  type Posting { id: ID! documentNumber: String! postingDate: String! legalEntity: LegalEntity! movements(first: Int!): Movements! }
  type LegalEntity { code: String! }
  type Movements { nodes: [Movement!]! }
  type Movement { id: ID! line: Int! quantity: Float! item: Item! }
`;

const one = (name, text, key) => async (queries) => {
  const found = new Map((await rows(name, text, [[...new Set(queries.map(({ obj }) => obj[key]))]])).map((row) => [row.id, row]));
  return queries.map(({ obj }) => found.get(obj[key]));
};

const many = (name, text, key) => async (queries) => {
  const ids = [...new Set(queries.map(({ obj }) => obj.id))];
  const found = new Map(ids.map((id) => [id, []]));
  (await rows(name, text, [ids, queries[0].params.first])).forEach((row) => found.get(row[key]).push(row));
  return queries.map(({ obj }) => ({ nodes: found.get(obj.id) }));
};

const item = 'select id, code, name, status, version from item';
const app = Fastify();
app.register(mercurius, {
  schema,
  jit: 1,
  resolvers: {
    Query: {
      itemById: async (_, { id }) => (await rows('item', `${item} where id = $1`, [id]))[0],
      items: async (_, { first, where }) => ({
        nodes: await rows('page', `${item} where code like $1 order by name, id limit $2`, [`${where.code.startsWith}%`, first]),
      }),
      stockPostings: async (_, { first }) => ({
        nodes: await rows(
          'postings',
          `select id, document_number as "documentNumber", posting_date as "postingDate", legal_entity_id as "legalEntityId"
           from stock_posting order by document_number, id limit $1`,
          [first]),
      }),
    },
  },
  loaders: {
    Posting: {
      legalEntity: one('entities', 'select id, code from legal_entity where id = any($1::uuid[])', 'legalEntityId'),
      movements: many(
        'movements',
        `select m.posting_id, m.id, m.line, m.quantity, m.item_id as "itemId" from unnest($1::uuid[]) k(id)
         cross join lateral (select * from stock_movement where posting_id = k.id order by id limit $2) m`,
        'posting_id'),
    },
    Movement: { item: one('items', `${item} where id = any($1::uuid[])`, 'itemId') },
    Item: {
      stockBalances: many(
        'balances',
        `select b.item_id, b.on_hand as "onHand", b.warehouse_id as "warehouseId" from unnest($1::uuid[]) k(id)
         cross join lateral (select * from stock_balance where item_id = k.id order by id limit $2) b`,
        'item_id'),
    },
    Balance: { warehouse: one('warehouses', 'select id, code from warehouse where id = any($1::uuid[])', 'warehouseId') },
  },
});
await app.listen({ port, host: '127.0.0.1' });
console.log('ready');
