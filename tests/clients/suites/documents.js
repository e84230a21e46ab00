// Owns the suite that validates every GraphQL document inside the published packages against schema.graphql.
import { readFileSync } from 'node:fs';
import {
  NoUnusedFragmentsRule,
  TypeInfo,
  buildClientSchema,
  buildSchema,
  getNamedType,
  isObjectType,
  print,
  specifiedRules,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compiledDocuments, filesBelow, textsOf, wholeDocuments } from '../extract.js';
import { Suite } from '../suite.js';

const read = (path) => readFileSync(new URL(path, import.meta.url), 'utf8');
const folder = (name) => new URL(`../node_modules/${name}`, import.meta.url).pathname;

const PACKAGES = [
  {
    name: '@shopify/hydrogen-react',
    files: (path) => /dist\/node-prod\/[^/]+\.mjs$/.test(path),
    argumentsOf: () => ['defaultCartFragment'],
  },
  {
    name: '@shopify/hydrogen',
    files: (path) => path.endsWith('dist/development/index.js') || /virtual-routes\/.*\.jsx$/.test(path),
  },
  {
    name: '@shopify/cli-hydrogen',
    files: (path) => /dist\/assets\/.*(\.tsx?|\.jsx?|guides\/.*\.md|\.graphql)$/.test(path) && !path.endsWith('.d.ts'),
  },
  { name: 'shopify-buy', files: (path) => path.endsWith('.graphql'), more: compiledDocuments },
  { name: '@shopify/storefront-api-client', files: (path) => path.endsWith('README.md') },
];

export default async function run() {
  const served = buildSchema(read('../../../schema.graphql'), { assumeValid: true });
  const schemaOf = (name) => buildClientSchema(JSON.parse(read(`../node_modules/@shopify/hydrogen-react/${name}.schema.json`)));
  const storefront = schemaOf('storefront');
  // The starter's account pages speak another published API, which this server answers in the same schema.
  const account = schemaOf('customer-account');
  const ours = membersOf(read('../../it/storefront_members.txt'));
  const suites = [];
  for (const { name, files, argumentsOf = () => [], more = () => [] } of PACKAGES) {
    const suite = new Suite('documents validate', name);
    const root = folder(name);
    const texts = [...filesBelow(root, files).flatMap((path) => textsOf(path, root, argumentsOf)), ...more()];
    const { documents, broken } = wholeDocuments(texts);
    for (const { origin, reason } of broken) suite.outside.push({ name: origin, reason: `no document as published: ${reason}` });
    const seen = new Set();
    for (const { name: label, definitions } of documents) {
      const document = { kind: 'Document', definitions };
      const text = print(document);
      // The same document in two files is one document.
      if (seen.has(text)) continue;
      seen.add(text);
      const errors = validate(served, document, rulesFor(definitions)).map((error) => error.message);
      const published = label.includes('/customer-account/') ? account : storefront;
      const beyond = [...outsideOf(document, published, ours)];
      if (beyond.length > 0) {
        suite.outside.push({ name: label, reason: told(beyond, errors, served) });
        continue;
      }
      await suite.check(label, async () => {
        if (errors.length > 0) throw new Error(errors.join('; '));
      });
    }
    suites.push(suite);
  }
  return suites;
}

/** Why a document is not counted: the members that this server lacks first, since those are what makes it invalid. */
function told(beyond, errors, served) {
  const some = (members) => `${members.slice(0, 6).join(', ')}${members.length > 6 ? ` and ${members.length - 6} more` : ''}`;
  if (errors.length === 0) return `${some(beyond)}; valid all the same`;
  const lacking = beyond.filter((member) => {
    const [, type, field, argument] = /^(\w+|\?)(?:\.(\w+))?(?:\((\w+)\))?$/.exec(member) ?? [];
    const parent = served.getType(type);
    if (!field) return !parent;
    const found = parent?.getFields?.()[field];
    return argument ? found !== undefined && !found.args.some(({ name }) => name === argument) : found === undefined;
  });
  return some(lacking.length > 0 ? lacking : beyond);
}

/** A fragment that stands alone in its package is not an unused one. */
function rulesFor(definitions) {
  const alone = definitions[0].kind === 'FragmentDefinition';
  return alone ? specifiedRules.filter((rule) => rule !== NoUnusedFragmentsRule) : specifiedRules;
}

/** Members and arguments of the list: `Type.field`, `Type.field(argument)`, and the types they stand in. */
function membersOf(text) {
  const members = new Set(['Query', 'Mutation', 'directive @inContext(country)', 'directive @inContext(language)']);
  for (const line of text.split('\n')) {
    const found = /^(\w+)\.(\w+)(?:\((\w+):)?/.exec(line);
    if (!found) continue;
    members.add(found[1]).add(`${found[1]}.${found[2]}`);
    if (found[3]) members.add(`${found[1]}.${found[2]}(${found[3]})`);
  }
  return members;
}

/** What a document uses that the list does not have. The published schema tells which type a field is asked of. */
function outsideOf(document, published, ours) {
  const beyond = new Set();
  const use = (member) => ours.has(member) || beyond.add(member);
  const rootless = (name) => (name === 'QueryRoot' ? 'Query' : name);
  const info = new TypeInfo(published);
  const objects = new Set(Object.values(published.getTypeMap()).filter(isObjectType).map((type) => type.name));
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        const name = node.name.value;
        if (name.startsWith('__')) return undefined;
        if (!parent || !info.getFieldDef()) {
          beyond.add(`${parent ? rootless(parent.name) : '?'}.${name}`);
          return false;
        }
        use(`${rootless(parent.name)}.${name}`);
        for (const argument of node.arguments) use(`${rootless(parent.name)}.${name}(${argument.name.value})`);
        return undefined;
      },
      ObjectField(node) {
        const parent = getNamedType(info.getParentInputType());
        if (parent) use(`${parent.name}.${node.name.value}`);
      },
      FragmentDefinition: (node) => condition(node.typeCondition.name.value),
      InlineFragment: (node) => node.typeCondition && condition(node.typeCondition.name.value),
      Directive(node) {
        if (node.name.value !== 'inContext') return;
        for (const argument of node.arguments) use(`directive @inContext(${argument.name.value})`);
      },
    }),
  );
  function condition(name) {
    if (!objects.has(name) && !published.getType(name)) beyond.add(name);
  }
  return beyond;
}
