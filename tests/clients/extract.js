// Owns reading GraphQL documents out of published packages: tagged or marked templates in JavaScript, TypeScript and
// Markdown, .graphql files, and the compiled documents of shopify-buy.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, relative } from 'node:path';
import vm from 'node:vm';
import { parse } from 'graphql';
import ts from 'typescript';

const LOOKS_LIKE_GRAPHQL = /^\s*(#\s*graphql\b[^\n]*\n\s*)?(#[^\n]*\n\s*)*((query|mutation|subscription)\b[^`]*\{|fragment\s+\w+\s+on\s+\w+)/;

/** Every file below a folder whose path passes the filter, in a stable order. */
export function filesBelow(folder, filter) {
  const found = [];
  for (const name of readdirSync(folder).sort()) {
    if (name === 'node_modules') continue;
    const path = join(folder, name);
    if (statSync(path).isDirectory()) found.push(...filesBelow(path, filter));
    else if (filter(path)) found.push(path);
  }
  return found;
}

/** The GraphQL texts of one file as `{ origin, text }`; `argumentsOf` feeds functions that build a document. */
export function textsOf(path, root, argumentsOf) {
  const origin = relative(root, path);
  const source = readFileSync(path, 'utf8');
  if (path.endsWith('.graphql')) return [{ origin, text: source }];
  if (!path.endsWith('.md')) return textsOfScript(source, origin, argumentsOf);
  return [...source.matchAll(/^( *)```(\w+)[^\n]*\n([\s\S]*?)^\1```/gm)].flatMap(([, , language, block]) => {
    if (language === 'graphql') return [{ origin, text: block }];
    return /^(js|jsx|ts|tsx|typescript|javascript)$/.test(language) ? textsOfScript(block, origin, () => []) : [];
  });
}

/** Evaluates the templates of a script, so that `${FRAGMENT}` and small functions within them count as they would when run. */
function textsOfScript(source, origin, argumentsOf) {
  const tree = ts.createSourceFile('file.tsx', source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const parts = tree.statements.filter(isFunction).map((statement) => statement.getText().replace(/^export\s+(default\s+)?/, ''));
  const wanted = [];
  const visit = (node, name) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) name = node.name.text;
    if (ts.isTemplateLiteral(node) || ts.isStringLiteral(node)) {
      const raw = node.getText().slice(1, -1).replaceAll('\\n', '\n');
      if (LOOKS_LIKE_GRAPHQL.test(raw)) {
        const builder = functionAround(node);
        wanted.push({ name, expression: (builder ?? node).getText(), builder: builder !== undefined });
      }
    }
    ts.forEachChild(node, (child) => visit(child, name));
  };
  visit(tree, undefined);
  for (const { name, expression } of wanted) if (name) parts.push(`var ${name} = ${expression};`);
  if (wanted.length === 0) return [];
  // What a template takes from another file is another file's text: it is left out here and found by its fragments' names.
  const world = new Proxy({}, { has: (_, key) => typeof key === 'string' && key !== 'undefined', get: () => '' });
  const thunks = wanted.map(({ name, expression, builder }) =>
    `() => ${builder ? `(${expression})(${argumentsOf(name).join(', ')})` : expression}`,
  );
  // The inner function's own names come before the world's.
  const script = `with (world) { (function () { ${parts.join('\n')}\nreturn [${thunks.join(',\n')}]; })() }`;
  const options = { target: ts.ScriptTarget.ES2022, jsx: ts.JsxEmit.React, alwaysStrict: false };
  const evaluated = vm.runInNewContext(ts.transpile(script, options, 'file.tsx'), { world });
  return wanted.map(({ name }, index) => {
    const label = name ? `${origin} ${name}` : origin;
    try {
      return { origin: label, text: evaluated[index]() };
    } catch (error) {
      return { origin: label, problem: `cannot be evaluated: ${error.message}` };
    }
  });
}

function isFunction(statement) {
  if (ts.isFunctionDeclaration(statement)) return statement.name !== undefined && !statement.getText().includes('import.meta');
  if (!ts.isVariableStatement(statement)) return false;
  const [declaration] = statement.declarationList.declarations;
  return declaration.initializer !== undefined && ts.isArrowFunction(declaration.initializer);
}

/** The arrow function whose value the template is: `(cartFragment = …) => \`#graphql …\``. */
function functionAround(node) {
  const parent = node.parent;
  return ts.isArrowFunction(parent) && parent.body === node ? parent : undefined;
}

/** shopify-buy carries its documents compiled, as functions that build them; the functions are private, the file is not. */
export function compiledDocuments() {
  const require = createRequire(import.meta.url);
  const path = require.resolve('shopify-buy');
  const source = readFileSync(path, 'utf8');
  const names = [...source.matchAll(/^function (query(?:\$\d+)?)\(client\)/gm)].map(([, name]) => name);
  const module = { exports: {} };
  const load = vm.runInThisContext(`(function (module, exports, require) { ${source}\nmodule.builders = { ${names.join(', ')} }; })`);
  load(module, module.exports, require);
  const client = module.exports.buildClient({ domain: 'shop.example', storefrontAccessToken: 'x'.repeat(32) });
  return names.map((name) => ({
    origin: `${basename(path)} ${name}`,
    text: module.builders[name](client.graphQLClient).toString(),
  }));
}

const rootFields = ({ selectionSet }) =>
  selectionSet.selections.map((selection) => selection.name?.value).filter((name, index, all) => all.indexOf(name) === index).join(', ');

/**
 * Whole documents from texts: every operation with the fragments that it reaches, and every fragment that no operation
 * reaches by itself. A fragment is looked for in its own file first, then in the package.
 */
export function wholeDocuments(texts) {
  const documents = [];
  const broken = [];
  const parsed = [];
  for (const { origin, text, problem } of texts) {
    try {
      if (problem) throw new Error(problem);
      parsed.push({ origin, definitions: parse(text).definitions });
    } catch (error) {
      broken.push({ origin, reason: error.message });
    }
  }
  const file = (origin) => origin.split(' ')[0];
  const fragments = parsed.flatMap(({ origin, definitions }) =>
    definitions.filter((definition) => definition.kind === 'FragmentDefinition').map((definition) => ({ origin, definition })),
  );
  const reached = new Set();
  const fragmentNamed = (name, own, origin) =>
    own.find((definition) => definition.kind === 'FragmentDefinition' && definition.name.value === name) ??
    fragments.find((entry) => entry.definition.name.value === name && file(entry.origin) === file(origin))?.definition ??
    fragments.find((entry) => entry.definition.name.value === name)?.definition;
  const closure = (definition, own, origin) => {
    const all = new Map();
    const walk = (node) => {
      if (node === null || typeof node !== 'object') return;
      if (Array.isArray(node)) return node.forEach(walk);
      if (node.kind === 'FragmentSpread' && !all.has(node.name.value)) {
        const found = fragmentNamed(node.name.value, own, origin);
        all.set(node.name.value, found);
        if (found) walk(found);
      }
      for (const [key, value] of Object.entries(node)) if (key !== 'loc') walk(value);
    };
    walk(definition);
    return [...all.values()].filter(Boolean);
  };
  const add = (origin, definition, own) => {
    const others = closure(definition, own, origin).filter((other) => other !== definition);
    const definitions = [definition, ...others];
    const name = definition.name?.value ?? `${definition.operation} of ${rootFields(definition)}`;
    documents.push({ name: `${file(origin)} ${name}`, definitions });
    return others;
  };
  for (const { origin, definitions } of parsed) {
    for (const definition of definitions) {
      if (definition.kind !== 'OperationDefinition') continue;
      for (const other of add(origin, definition, definitions)) reached.add(other);
    }
  }
  for (const { origin, definition } of fragments) {
    if (reached.has(definition)) continue;
    for (const other of closure(definition, [], origin)) if (other !== definition) reached.add(other);
  }
  for (const { origin, definition } of fragments) if (!reached.has(definition)) add(origin, definition, []);
  return { documents, broken };
}
