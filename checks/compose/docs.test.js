// docs/operations.md and deploy/README.md: what they name exists, and what exists is named.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { application, bound, compose, environmentFile, files, resolved, root, text } from './parts.js';

const sources = ['workers', 'platform', 'simulators', 'connectors']
  .flatMap((module) => files(module, ['.java', '.yml', '.yaml']))
  .map((path) => readFileSync(path, 'utf8'))
  .concat(text('docker-compose.yml'), text('deploy/.env.example'), text('deploy/channels.env.example'))
  .join('\n');
const operations = text('docs/operations.md');

describe('docs/operations.md', () => {
  test('names variables that are read somewhere', () => {
    for (const [name] of operations.matchAll(/\bHILO_[A-Z_]+\b/g)) {
      assert.ok(sources.includes(name) || bound(name), `${name} is read nowhere`);
    }
  });

  test('names every port of the platform', () => {
    const ports = [...text('platform/src/main/java/dev/hilo/platform/Port.java').matchAll(/\("(HILO_[A-Z_]+)", (\d+)/g)];
    assert.ok(ports.length > 0);
    for (const [, name, number] of ports) {
      assert.ok(operations.includes(name), `${name} is not in docs/operations.md`);
      assert.match(operations, new RegExp(`\\b${number}\\b`), `the port ${number} is not in docs/operations.md`);
    }
  });

  test('names every variable that compose gives Hilo', () => {
    for (const name of Object.keys(compose().services.hilo.environment)) {
      // CAMUNDA_CLIENT_AUTH_METHOD, _USERNAME, _PASSWORD are one line.
      assert.ok(
        operations.includes(name) || /^CAMUNDA_CLIENT_AUTH_|^JAVA_TOOL_OPTIONS$/.test(name),
        `${name} is not in docs/operations.md`,
      );
    }
  });

  test('names settings that the application has', () => {
    const properties = [...operations.matchAll(/`(hilo\.(?:store|engine|send|tasklist|visitors)\.[a-z.-]+)`/g)]
      .map((match) => match[1])
      .filter((name) => !['hilo.engine.pushed.back', 'hilo.visitors.connected'].includes(name));
    assert.ok(properties.length > 5);
    for (const property of properties) {
      assert.ok(bound(property), `${property}: no setting of this name in workers`);
    }
  });

  test('names the defaults that the application has', () => {
    const { values, path } = application();
    const part = /^## Settings$([\s\S]*?)^## /m.exec(operations)[1];
    let compared = 0;
    for (const row of part.split('\n').filter((line) => line.startsWith('| `'))) {
      const [, names, , defaults] = row.split('|');
      const properties = [...names.matchAll(/`([a-z][a-z.-]+)`/g)].map((match) => match[1]);
      const written = defaults.trim().split(', ');
      if (properties.length === written.length && !['none', ''].includes(written[0])) {
        properties.forEach((property, index) => {
          assert.equal(written[index], resolved(values.get(property)), `${property}, compared with ${path}`);
          compared += 1;
        });
      }
    }
    assert.ok(compared > 15, `only ${compared} defaults found`);
  });

  test('names metrics that the application counts', () => {
    const part = /^## Health and metrics$([\s\S]*?)^## /m.exec(operations)[1];
    const metrics = [...part.matchAll(/^\| `(hilo\.[a-z.]+)`/gm)].map((match) => match[1]);
    assert.ok(metrics.length > 0);
    for (const metric of metrics) {
      assert.ok(sources.includes(`"${metric}"`), `${metric}: no metric of this name`);
    }
  });

  test('names delivery errors that exist', () => {
    const errors = text('connectors/channel-api/src/main/java/dev/hilo/channel/DeliveryError.java');
    for (const name of ['CREDENTIALS_EXPIRED', 'UNCONFIRMED']) {
      assert.ok(operations.includes(`\`${name}\``));
      assert.match(errors, new RegExp(`^  ${name}\\(`, 'm'));
    }
  });
});

describe('deploy/README.md', () => {
  const readme = text('deploy/README.md');

  test('names the versions of the compose file', () => {
    const { elasticsearch, camunda } = compose().services;
    assert.ok(readme.includes(`Elasticsearch ${elasticsearch.image.split(':')[1]}`));
    assert.ok(readme.includes(`Camunda ${camunda.image.split(':')[1]}`));
    assert.ok(operations.includes(elasticsearch.image.split(':')[1]));
    assert.ok(operations.includes(camunda.image.split(':')[1]));
  });

  test('names the versions Hilo is tested on', () => {
    assert.ok(readme.includes(`Camunda ${/<camunda-platform.version>([^<]+)</.exec(text('pom.xml'))[1]}`));
  });

  test('names variables of the two example files', () => {
    const known = new Set([...environmentFile('deploy/.env.example').keys(), ...environmentFile('deploy/channels.env.example').keys()]);
    for (const [name] of readme.matchAll(/\b(?:HILO|ADMIN|AGENT|SUPERVISOR|ELASTIC|CAMUNDA)_[A-Z_]+\b/g)) {
      assert.ok(known.has(name), `${name} is in no example file`);
    }
  });

  test('lists every file of the folder', () => {
    for (const entry of readdirSync(join(root, 'deploy'), { withFileTypes: true })) {
      const hidden = entry.name.startsWith('.') || /\.env(\.example)?$|^README|dockerignore$/.test(entry.name);
      assert.ok(hidden || readme.includes(entry.name), `deploy/${entry.name} is not in deploy/README.md`);
    }
  });
});

describe('links', () => {
  for (const path of ['docs/operations.md', 'deploy/README.md', ...readdirSync(join(root, 'docs/adr')).map((name) => `docs/adr/${name}`)]) {
    test(`of ${path} lead to files`, () => {
      for (const [, target] of text(path).matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        assert.ok(existsSync(join(root, dirname(path), target)), `${target} is missing`);
      }
    });
  }
});
