// Owns the expected answers of tests/it/errors.rs: runs its documents with graphql-js on the same schema.
//
//     npm install --no-save graphql@16 && node tests/it/graphql_js/answers.mjs
//
// prints one JSON object a line, { document, data, errors: [{ path }] }, as tests/it/graphql_js/answers.jsonl has them.
import { buildSchema, execute, parse } from "graphql";

const schema = buildSchema(`
  type Query { node: Node must: Node! list: [Node] mustList: [Node!]! listOfMust: [Node!] slow: Int fast: Int }
  type Node {
    id: Int!
    name: String
    failsNull: String
    failsMust: String!
    next: Node
    mustNext: Node!
    failsNode: Node
    failsMustNode: Node!
    slow: Int
    failsSlowly: String
    failsMustSlowly: String!
  }
`);

const later = async (value) => {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return value();
};
const fail = (words) => {
  throw new Error(words);
};
const node = (id) => ({
  id,
  name: `node ${id}`,
  failsNull: () => fail("null"),
  failsMust: () => fail("must"),
  next: () => node(id + 1),
  mustNext: () => node(id + 1),
  failsNode: () => fail("node"),
  failsMustNode: () => fail("must node"),
  slow: () => later(() => id),
  failsSlowly: () => later(() => fail("slow")),
  failsMustSlowly: () => later(() => fail("must slow")),
});
const root = {
  node: () => node(1),
  must: () => node(1),
  list: () => [node(1), node(2)],
  mustList: () => [node(1), node(2)],
  listOfMust: () => [node(1), node(2)],
  slow: () => later(() => 1),
  fast: () => 2,
};

export const documents = [
  "{slow fast}",
  "{fast slow}",
  "{node{slow name id}}",
  "{b:fast a:slow node{z:slow y:name x:id}}",
  "{node{slow ...F id} fast} fragment F on Node{name next{slow id}}",
  "{node{id failsNull name}}",
  "{node{id failsMust} fast}",
  "{node{id next{failsMust} name}}",
  "{node{id mustNext{failsMust} name} fast}",
  "{node{next{mustNext{mustNext{failsMust}}} id}}",
  "{must{id failsNull}}",
  "{must{id failsMust} fast}",
  "{fast must{next{failsMust id} id}}",
  "{node{failsNode{id} id}}",
  "{node{failsMustNode{id} id} fast}",
  "{must{failsMustNode{id}} fast}",
  "{list{id failsNull}}",
  "{list{id failsMust}}",
  "{list{id next{failsMust}}}",
  "{listOfMust{failsMust} fast}",
  "{mustList{failsNull id}}",
  "{mustList{failsMust} fast}",
  "{node{failsSlowly name id}}",
  "{node{failsMustSlowly name} fast slow}",
  "{node{a:failsNull b:failsNull id}}",
  "{one:node{failsMust} two:node{id} three:node{failsNull id}}",
];

for (const document of documents) {
  const { data, errors = [] } = await execute({ schema, document: parse(document), rootValue: root });
  const paths = errors.map(({ path }) => ({ path }));
  console.log(JSON.stringify({ document, data, errors: paths }));
}
