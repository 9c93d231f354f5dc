// The tools that a frontend team runs over a schema and its operations: node tools.mjs <schema.graphql> <folder of operations>
import { readFileSync, readdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';
import { CriticalityLevel, diff, validate } from '@graphql-inspector/core';
import graphqlPlugin, { configs, parser } from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { buildSchema, Source } from 'graphql';
import ts from 'typescript';
import { assert, check, runAll } from './checks.mjs';

const [, , schemaFile, operationsFolder] = process.argv;
const here = dirname(fileURLToPath(import.meta.url));
const sdl = readFileSync(schemaFile, 'utf8');
const schema = buildSchema(sdl);
const documents = readdirSync(operationsFolder, { recursive: true }).filter((name) => name.endsWith('.graphql'))
  .map((name) => join(operationsFolder, name));

// Beside the packages, so that what is generated finds them.
const folder = mkdtempSync(join(here, 'generated-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

check('graphql-codegen makes a typed client of the operations, and TypeScript accepts its use', async () => {
  await generate({
    schema: schemaFile,
    documents,
    silent: true,
    errorsOnly: true,
    generates: { [`${folder}/`]: { preset: 'client', config: { useTypeImports: true } } },
  }, true);
  const made = readFileSync(join(folder, 'graphql.ts'), 'utf8');
  const names = [...made.matchAll(/export const (\w+)Document /g)].map((match) => match[1]);
  assert.equal(names.length, documents.length);
  const query = /export type (\w+Query) = /.exec(made)[1];

  // Right uses compile; a wrong one does not, so it was the types that were asked.
  writeFileSync(join(folder, 'right.ts'), `import type { ResultOf } from '@graphql-typed-document-node/core';
import * as all from './graphql';
type Answers = { [K in keyof typeof all]: (typeof all)[K] extends { __apiType?: unknown } ? ResultOf<(typeof all)[K]> : never };
export const answer = null as unknown as Answers['${names[0]}Document'];
`);
  writeFileSync(join(folder, 'wrong.ts'), `import type { ${query} } from './graphql';
export const told: ${query} = { nothing: 1 };
`);
  const problems = (file) => ts.getPreEmitDiagnostics(ts.createProgram([join(folder, file)], {
    strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  })).map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  assert.deepEqual(problems('right.ts'), []);
  assert.match(problems('wrong.ts').join(), /'nothing' does not exist/);
});

check('graphql-inspector validates the operations and sees what breaks them', async () => {
  const sources = documents.map((name) => new Source(readFileSync(name, 'utf8'), name));
  assert.deepEqual(validate(schema, sources), []);
  assert.deepEqual(await diff(schema, schema), []);

  // Without a field that an operation asks for.
  const poorer = buildSchema(sdl.replace(/(\ntype Item [^{]*{[^}]*?\n)(  "[^\n]*"\n)?  code: String!\n/, '$1'));
  const broken = await diff(schema, poorer);
  assert.deepEqual(broken.filter((change) => change.criticality.level === CriticalityLevel.Breaking).map((change) => change.path), ['Item.code']);
  assert.ok(validate(poorer, sources).length > 0);
});

check('graphql-eslint finds nothing to say against the operations', async () => {
  const linter = new ESLint({
    cwd: operationsFolder,
    overrideConfigFile: true,
    overrideConfig: [{
      files: ['**/*.graphql'],
      languageOptions: { parser, parserOptions: { graphQLConfig: { schema: schemaFile, documents } } },
      plugins: { '@graphql-eslint': graphqlPlugin },
      // Whether an object has an id is the reader's business: these operations show what they need.
      rules: { ...configs['flat/operations-recommended'].rules, '@graphql-eslint/require-selections': 'off' },
    }],
  });
  const results = await linter.lintFiles(documents);
  assert.equal(results.length, documents.length);
  assert.deepEqual(results.flatMap((result) => result.messages.map((message) => `${result.filePath}: ${message.ruleId}: ${message.message}`)), []);
});

await runAll();
