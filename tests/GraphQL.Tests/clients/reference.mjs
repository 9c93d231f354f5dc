// Answers questions about GraphQL with the reference implementation: one JSON question per line, one answer per line.
import { createInterface } from 'node:readline';
import {
  buildASTSchema, execute, findBreakingChanges, findDangerousChanges, getIntrospectionQuery,
  introspectionFromSchema, parse, print, printSchema, validate, validateSchema,
} from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';

const locate = (error) => ({
  message: error.message.toWellFormed(),
  locations: (error.locations ?? []).map(({ line, column }) => `${line}:${column}`),
  ...(error.path ? { path: error.path } : {}),
});

let schema;

const answers = {
  parse: ({ text }) => {
    try {
      return { printed: print(parse(text)) };
    } catch (error) {
      return { errors: [locate(error)] };
    }
  },

  schema: ({ text }) => {
    schema = undefined;
    let document;
    try {
      document = parse(text);
    } catch (error) {
      return { stage: 'syntax', errors: [locate(error)] };
    }
    const documentErrors = validateSDL(document);
    if (documentErrors.length > 0) {
      return { stage: 'document', errors: documentErrors.map(locate) };
    }
    let built;
    try {
      built = buildASTSchema(document, { assumeValidSDL: true });
    } catch (error) {
      return { stage: 'unbuildable', errors: [{ message: error.message, locations: [] }] };
    }
    const errors = validateSchema(built);
    if (errors.length > 0) {
      return { stage: 'schema', errors: errors.map(locate) };
    }
    schema = built;
    return { stage: 'valid', errors: [] };
  },

  printSchema: () => ({ printed: printSchema(schema) }),

  introspect: () => {
    const options = { inputValueDeprecation: true, oneOf: true, schemaDescription: true, specifiedByUrl: true, directiveIsRepeatable: true };
    return { query: getIntrospectionQuery(options), data: introspectionFromSchema(schema, options) };
  },

  validate: ({ text, hideSuggestions }) => {
    let document;
    try {
      document = parse(text);
    } catch (error) {
      return { stage: 'syntax', errors: [locate(error)] };
    }
    try {
      const errors = validate(schema, document, undefined, { maxErrors: 1e9, hideSuggestions });
      return { stage: 'validation', errors: errors.map(locate) };
    } catch {
      // Its rule for subscriptions evaluates @skip and @include before anybody has checked them.
      return { stage: 'failed', errors: [] };
    }
  },

  // The data is a table of types and their fields; a value may refer to an object, fail, or show its arguments.
  execute: async ({ text, variables, table }) => {
    const meaning = (value, args) => {
      if (Array.isArray(value)) {
        return value.map((item) => meaning(item, args));
      }
      if (value === null || typeof value !== 'object') {
        return value;
      }
      if (value.fails) {
        throw new Error(value.fails);
      }
      return value.shows ? JSON.stringify(args) : { __typename: value.is };
    };
    const result = await execute({
      schema,
      document: parse(text),
      variableValues: variables,
      fieldResolver: (_, args, __, info) => meaning(table[info.parentType.name][info.fieldName], args),
      typeResolver: (value) => value.__typename,
    });
    return { data: result.data ?? null, errors: (result.errors ?? []).map(locate), isRefused: result.data === undefined };
  },

  diff: ({ older, newer }) => {
    const [before, after] = [older, newer].map((text) => buildASTSchema(parse(text), { assumeValid: true }));
    const list = (changes) => changes.map(({ type, description }) => `${type}: ${description}`);
    return { breaking: list(findBreakingChanges(before, after)), dangerous: list(findDangerousChanges(before, after)) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = await answers[question.ask](question);
  } catch (error) {
    answer = { crash: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
