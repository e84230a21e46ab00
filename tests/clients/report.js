// Owns how results are told: a few lines on the terminal, and the page docs/clients.md.

/** A suite's result for the terminal. */
export function printed(suite) {
  const lines = [`${suite.title} (${suite.client} ${suite.version}): ${suite.passed} of ${suite.total} passed`];
  for (const { name, reason } of suite.faults) lines.push(`  FAILED ${name}: ${reason}`);
  for (const { name, reason } of suite.expected) lines.push(`  known gap, ${name}: ${reason}`);
  for (const name of suite.closed) lines.push(`  no longer a gap, take it off the suite's list: ${name}`);
  for (const { name, reason } of suite.outside) lines.push(`  not counted, ${name}: ${reason}`);
  for (const note of suite.notes) lines.push(`  ${note}`);
  return lines.join('\n');
}

/** The page, whole. It holds nothing that changes from run to run when the results do not. */
export function page(suites) {
  const lines = [
    '# Published clients against this server',
    '',
    'Front ends and libraries that others published, taken from npm and run against a started server with the demo shop.',
    'This page is written by `npm run report` in `tests/clients`; do not edit it by hand. `npm test` there runs the same and',
    'fails when a check fails that is not a known gap.',
    '',
    '| suite | client | version | passed | of |',
    '| --- | --- | --- | ---: | ---: |',
    ...suites.map((suite) =>
      row(suite.title, `\`${suite.client}\``, suite.version, String(suite.passed), String(suite.total)),
    ),
    '',
    '## What did not pass',
    '',
  ];
  const missed = suites.flatMap((suite) => [
    ...suite.faults.map((entry) => ({ suite, kind: 'fault', ...entry })),
    ...suite.expected.map((entry) => ({ suite, kind: 'known gap', ...entry })),
  ]);
  if (missed.length === 0) lines.push('Nothing: everything counted above passed.');
  else {
    lines.push('| client | check | kind | reason |', '| --- | --- | --- | --- |');
    for (const { suite, name, kind, reason } of missed) lines.push(row(`\`${suite.client}\``, name, kind, reason));
  }
  const outside = suites.flatMap((suite) => suite.outside.map((entry) => ({ suite, ...entry })));
  lines.push('', '## What is not counted', '');
  lines.push(
    'Documents of the packages above that use a member outside of the part of the storefront API that this server takes over',
    '(`tests/it/storefront_members.txt` lists that part), with the members:',
    '',
    '| client | document | outside |',
    '| --- | --- | --- |',
    ...outside.map(({ suite, name, reason }) => row(`\`${suite.client}\``, name, reason)),
  );
  const notes = suites.flatMap((suite) => suite.notes.map((note) => `- \`${suite.client}\`: ${note}`));
  if (notes.length > 0) lines.push('', '## Notes', '', ...notes);
  return `${lines.join('\n')}\n`;
}

function row(...cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
