import assert from 'node:assert/strict';

/** Fails with the findings, one a line, when there are any. */
export function expectNone(findings, where) {
  assert.equal(findings.length, 0, `${where}:\n${findings.map(finding => `  ${finding}`).join('\n')}\n`);
}
