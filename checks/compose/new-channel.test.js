// scripts/new-channel, run in a copy: what it touches, what it refuses, and that its skeleton compiles and fails by name.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from './parts.js';

const SKIPPED = new Set(['target', 'node_modules', '.git', '.hilo', 'results']);

/** Every file under a folder: {path: content}. */
function snapshot(folder) {
  const found = new Map();
  const walk = (at) => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory()) {
        if (!SKIPPED.has(entry.name)) {
          walk(path);
        }
      } else {
        found.set(relative(folder, path), readFileSync(path, 'latin1'));
      }
    }
  };
  walk(folder);
  return found;
}

/** The lines that came and those that went, in their order. */
function changedLines(before, after) {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return { came: now.filter((line) => !old.includes(line)), went: old.filter((line) => !now.includes(line)), grown: now.length - old.length };
}

describe('new-channel', () => {
  let copy;
  let earlier;
  const run = (...args) => spawnSync('bash', [join(copy, 'scripts/new-channel'), ...args], { encoding: 'utf8' });

  before(() => {
    copy = mkdtempSync(join(tmpdir(), 'new-channel-'));
    const kept = (path) => !path.split(sep).some((part) => SKIPPED.has(part));
    for (const part of ['pom.xml', '.mvn', 'scripts', 'connectors', 'workers', 'processes', 'platform', 'simulators', 'bench']) {
      cpSync(join(root, part), join(copy, part), { recursive: true, filter: (from) => kept(relative(root, from)) });
    }
    earlier = snapshot(copy);
  });
  after(() => rmSync(copy, { recursive: true, force: true }));

  test('refuses a name that is bad or taken, and touches nothing', () => {
    for (const [name, why] of [
      ['Telegram', /no name for a channel/],
      ['a', /no name for a channel/],
      ['line-works', /no name for a channel/],
      ['../up', /no name for a channel/],
      ['', /no name for a channel/],
      ['switch', /a word of Java/],
      ['whatsapp', /connectors\/whatsapp is there already/],
      ['inbox', /the package dev\.hilo\.inbox is there already/],
      ['meta', /the package dev\.hilo\.meta is there already/],
    ]) {
      const { status, stderr } = run(name);
      assert.notEqual(status, 0, name);
      assert.match(stderr, why);
    }
    assert.deepEqual(snapshot(copy), earlier);
  });

  test('adds a folder, a module line and a dependency line, each in its place, and nothing else', () => {
    const { status, stdout, stderr } = run('morse');
    assert.equal(status, 0, stderr);
    const later = snapshot(copy);
    for (const [path, content] of earlier) {
      if (!['pom.xml', join('workers', 'pom.xml')].includes(path)) {
        assert.equal(later.get(path), content, `${path} was touched`);
      }
    }
    for (const path of later.keys()) {
      assert.ok(earlier.has(path) || path.startsWith(join('connectors', 'morse') + sep), `${path} is new`);
    }
    const places = { 'pom.xml': /<module>connectors\/(\w[\w-]*)</g, 'workers/pom.xml': /hilo-(\w+)<.*<scope>runtime</g };
    for (const [path, pattern] of Object.entries(places)) {
      const { came, went, grown } = changedLines(earlier.get(path), later.get(path));
      assert.equal(came.length, 1, `${path}: ${came}`);
      assert.deepEqual([went, grown], [[], 1]);
      assert.match(came[0], /morse/);
      const names = [...later.get(path).matchAll(pattern)].map((match) => match[1]);
      assert.deepEqual(names, [...names].sort(), `${path} is not in the order of the alphabet`);
    }
    assert.deepEqual([...stdout.matchAll(/^(\d)\. /gm)].map((match) => match[1]), ['1', '2', '3', '4', '5']);
    for (const [path, content] of later) {
      if (path.startsWith(join('connectors', 'morse'))) {
        assert.doesNotMatch(path + content, /@name@|@class@|NAME|CLASS/, path);
      }
    }
  });

  test('makes a skeleton that compiles, and whose contract names what is missing', { timeout: 300_000 }, () => {
    const { status, stdout, error } = spawnSync(
      'mvn',
      ['-B', '-ntp', '-pl', 'connectors/morse', '-am', 'test', '-Dtest=MorseChannelTest', '-Dsurefire.failIfNoSpecifiedTests=false'],
      { cwd: copy, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
    );
    assert.equal(error, undefined);
    assert.notEqual(status, 0);
    assert.doesNotMatch(stdout, /COMPILATION ERROR/);
    for (const method of ['forOtherAccounts', 'elementPaths', 'batch', 'unknownKinds', 'ownEchoes', 'statuses', 'unknownStatus', 'outbound', 'answers']) {
      assert.ok(stdout.includes(`MorseChannelTest.${method}: `), `${method} is not named in\n${stdout.slice(-4000)}`);
    }
  });
});
