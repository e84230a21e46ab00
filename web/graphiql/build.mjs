// Owns the build of GraphiQL: one script, one style sheet and the licence texts, written to web/assets/graphiql.
import { build } from 'esbuild';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, '..', 'assets', 'graphiql');
mkdirSync(target, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: ['entry.js'],
  outfile: join(target, 'graphiql.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  legalComments: 'none', // The whole texts are in LICENSES.txt.
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.USE_IMPORT': '"true"' },
  banner: { js: '// GraphiQL and its start, bundled: see web/graphiql/README.md and LICENSES.txt beside this file.' },
  alias: { 'react-style-singleton': './no-style-tags.js' },
  metafile: true,
  logLevel: 'warning',
});

// The published style sheet carries 350 kB of fonts as data: addresses. The page uses the reader's own fonts instead, which
// also keeps `font-src` closed.
const published = readFileSync(join(here, 'node_modules/graphiql/dist/style.css'), 'utf8');
const styles = published.replace(/@font-face\s*\{[^}]*\}/g, '') + readFileSync(join(here, 'page.css'), 'utf8');
const minified = await build({
  stdin: { contents: styles, loader: 'css' },
  minify: true,
  write: false,
  logLevel: 'warning',
});
const cssBanner = '/* GraphiQL styles without their fonts, and our page frame: see web/graphiql/README.md. */\n';
writeFileSync(join(target, 'graphiql.css'), cssBanner + minified.outputFiles[0].text);

// One entry for each package of which at least a byte is in the bundle.
const names = new Set(['graphiql']);
for (const [path, input] of Object.entries(Object.values(result.metafile.outputs)[0].inputs)) {
  const match = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
  if (match && input.bytesInOutput > 0) names.add(match[1]);
}
// These say "MIT" in their manifest and ship no text: the text with the holder that their repositories name.
const holders = {
  '@headlessui/react': '2020 Tailwind Labs',
  'react-compiler-runtime': 'Meta Platforms, Inc. and affiliates',
  'react-remove-scroll-bar': '2025 Anton Korzunov',
  'toggle-selection': '2017 sudodoken',
};
const texts = new Map();
const mit = readFileSync(join(here, 'mit.txt'), 'utf8').trim();
for (const name of [...names].sort()) {
  const folder = join(here, 'node_modules', name);
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry) && !/\.js$/.test(entry));
  const known = holders[name] && manifest.license === 'MIT';
  if (!file && !known) throw new Error(`${name} has no licence file: find its text and add it here.`);
  const text = file ? readFileSync(join(folder, file), 'utf8').trim() : mit.replace('COPYRIGHT', holders[name]);
  const title = `${name} ${manifest.version} (${manifest.license})`;
  texts.set(text, [...(texts.get(text) ?? []), title]);
}
const parts = [...texts].map(([text, titles]) => `${'='.repeat(78)}\n${titles.join('\n')}\n${'='.repeat(78)}\n\n${text}\n`);
writeFileSync(
  join(target, 'LICENSES.txt'),
  `What graphiql.js and graphiql.css contain, and under which licences.\n\n${parts.join('\n')}`,
);
console.log(`${names.size} packages bundled`);
