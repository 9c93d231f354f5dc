// The same hundred products as CatalogSchema.cs.
const pad = (number, width) => String(number).padStart(width, '0');

export const products = Array.from({ length: 100 }, (_, index) => {
  const i = index + 1;
  return {
    id: String(i),
    sku: `S${pad(i, 4)}`,
    name: `Fastener ${i}`,
    brand: `B${i % 7}`,
    price: Math.round(i * 137) / 100,
    quantity: i * 3,
    active: i % 5 !== 0,
    updatedAt: `2026-11-${pad((i % 28) + 1, 2)}`,
  };
});

export const typeDefs = /* GraphQL */ `
  type Product {
    id: ID!
    sku: String!
    name: String!
    brand: String!
    price: Float!
    quantity: Int!
    active: Boolean!
    updatedAt: String!
  }
  type Query {
    products: [Product!]!
  }
`;

export const resolvers = { Query: { products: () => products } };
