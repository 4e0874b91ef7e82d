// docs/adr: a number belongs to one record, no number is skipped, every record has its parts and stands in the index.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, text } from './parts.js';

const files = readdirSync(join(root, 'docs/adr')).filter((file) => file !== 'README.md').sort();

test('records are numbered 0001, 0002, ... each once', () => {
  const numbers = files.map((file) => {
    const match = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md$/.exec(file);
    assert.ok(match, `docs/adr/${file}: expected a name like 0001-words-of-the-title.md`);
    return Number(match[1]);
  });
  assert.deepEqual(numbers, numbers.map((_, index) => index + 1));
});

for (const file of files) {
  test(`docs/adr/${file} has its parts`, () => {
    const record = text(`docs/adr/${file}`);
    assert.match(record, new RegExp(`^# ${file.slice(0, 4)}\\. \\S`), 'expected a heading with the number of the file');
    assert.match(record, /^Date: \d{4}-\d{2}-\d{2}$/m);
    assert.match(record, /^Status: (proposed|accepted|deprecated|superseded by \d{4})$/m);
    for (const part of ['Context', 'Decision', 'Consequences']) {
      assert.match(record, new RegExp(`^## ${part}$`, 'm'), `expected a part "## ${part}"`);
    }
  });
}

test('the index lists every record once, under its own title', () => {
  const listed = [...text('docs/adr/README.md').matchAll(/^- \[(\d{4}\. [^\]]+)\]\(([^)]+)\)/gm)];
  assert.deepEqual(
    listed.map((match) => [match[2], match[1]]),
    files.map((file) => [file, /^# (.+)$/m.exec(text(`docs/adr/${file}`))[1]]),
  );
});
