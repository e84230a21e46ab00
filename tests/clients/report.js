// Owns how results are told: a few lines on the terminal, and the page docs/clients.md.

/** A suite's result for the terminal. */
export function printed(suite) {
  const lines = [`${suite.title} (${suite.client} ${suite.version}): ${suite.passed} of ${suite.total} passed`];
  for (const { name, reason } of suite.faults) lines.push(`  FAILED ${name}: ${reason}`);
  for (const [reason, names] of byReason(suite.expected)) lines.push(`  known gap: ${reason}`, `    ${names.join('; ')}`);
  for (const name of suite.closed) lines.push(`  no longer a gap, take it off the suite's list: ${name}`);
  if (suite.outside.length > 0) lines.push(`  documents not counted: ${suite.outside.length}, docs/clients.md lists them`);
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
  const missed = suites.flatMap((suite) => [...suite.faults, ...suite.expected]);
  if (missed.length === 0) lines.push('Nothing: everything counted above passed.');
  else {
    lines.push('| client | checks | kind | reason |', '| --- | --- | --- | --- |');
    for (const suite of suites) {
      for (const [kind, entries] of [['fault', suite.faults], ['known gap', suite.expected]]) {
        for (const [reason, names] of byReason(entries)) lines.push(row(`\`${suite.client}\``, names.join('; '), kind, reason));
      }
    }
  }
  lines.push('', '## What is not counted', '');
  lines.push(
    'Documents of the packages above that use a member outside of the part of the storefront API that this server takes over',
    '(`tests/it/storefront_members.txt` lists that part). The right column names the members, those that the server lacks',
    'where it lacks any.',
    '',
    '| client | documents | outside |',
    '| --- | --- | --- |',
    ...suites.flatMap((suite) =>
      [...byReason(suite.outside)].map(([reason, names]) => row(`\`${suite.client}\``, names.join(', '), reason)),
    ),
  );
  const notes = suites.flatMap((suite) => suite.notes.map((note) => `- \`${suite.client}\`: ${note}`));
  if (notes.length > 0) lines.push('', '## Notes', '', ...notes);
  return `${lines.join('\n')}\n`;
}

function byReason(entries) {
  const groups = new Map();
  for (const { name, reason } of entries) groups.set(reason, [...(groups.get(reason) ?? []), name]);
  return groups;
}

function row(...cells) {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
